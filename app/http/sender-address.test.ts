import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { senderAddress } from './sender-address.ts';

const asked = async (header: string | null, proxies: number): Promise<string> => {
  const app = new Hono().get('/', (c) => c.text(senderAddress(c, proxies)));
  const answer = await app.request('/', header === null ? {} : { headers: { 'x-forwarded-for': header } });
  return answer.text();
};

describe('who sends', () => {
  it.each([
    ['no proxy: the header is the sender’s own word', '203.0.113.1', 0, ''],
    ['one, which saw the sender', '203.0.113.1', 1, '203.0.113.1'],
    ['one, before which the sender wrote something', '192.0.2.9, 203.0.113.1', 1, '203.0.113.1'],
    ['two: what the first of them saw', '192.0.2.9,203.0.113.1 , 198.51.100.7', 2, '203.0.113.1'],
    ['past the first of two', '203.0.113.1', 2, '203.0.113.1'],
    ['an empty header', '', 1, ''],
    ['no header', null, 1, ''],
  ])('with %s', async (_what, header, proxies, address) => {
    expect((await asked(header, proxies)).trim()).toBe(address);
  });
});
