import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listen } from '#tests/setup/listen.ts';
import { findStore } from '../auth/find-store.ts';
import { AddressRefused, guardedRequest } from './guarded-request.ts';

let server: Awaited<ReturnType<typeof listen>>;
let asked: string[] = [];
let answer: { status: number; headers: Record<string, string>; body: string };

beforeAll(async () => {
  server = await listen((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
});

const ask = (url: string, localStores = false) =>
  guardedRequest({ url: new URL(url), method: 'GET', headers: {}, body: null, timeoutMs: 5_000, localStores });

test.each([
  ['a name of this machine', 'https://localhost/'],
  ['one number for all four', 'https://2130706433/'],
  ['hexadecimal', 'https://0x7f.1/'],
  ['octal', 'https://0177.0.0.1/'],
  ['a point at the end of a number', 'https://127.0.0.1./'],
  ['IPv4 inside of IPv6', 'https://[::ffff:127.0.0.1]/'],
  ['the same in hexadecimal', 'https://[::ffff:7f00:1]/'],
  ['IPv6 of this machine', 'https://[::1]/'],
  ['any address', 'https://[::]/'],
  ['where clouds keep keys', 'https://169.254.169.254/latest/meta-data/'],
  ['the same for IPv6', 'https://[fd00:ec2::254]/'],
  ['unencrypted', 'http://example.com/'],
  ['a file', 'file:///etc/passwd'],
])('%s is refused before anything is connected', async (_why, url) => {
  await expect(ask(url)).rejects.toBeInstanceOf(AddressRefused);
});

test('a redirect is an answer and is not followed', async () => {
  answer = { status: 302, headers: { location: 'http://169.254.169.254/' }, body: '' };
  expect((await ask(server.url, true)).status).toBe(302);
  expect(asked).toHaveLength(1);
});

test.each([
  'http://169.254.169.254/',
  'https://10.0.0.1/wp-json/',
  'https://[fe80::1]/',
  'https://shop.example:22/',
  'https://user:secret@shop.example/',
  'ftp://shop.example/',
])('a site that sends us on to %s is no store', async (location) => {
  answer = { status: 301, headers: { location }, body: '' };
  expect(await findStore(server.url, true)).toMatchObject({ ok: false });
  expect(asked).toHaveLength(1);
});

test('a site that says it lives elsewhere is looked at there by the same rules, and never for ever', async () => {
  const home = JSON.stringify({ home: `${server.url}/a`, namespaces: ['wc/v3'] });
  answer = { ...answer, body: home };
  // It says so at every address; the second time it is the one that was asked.
  expect(await findStore(server.url, true)).toMatchObject({ ok: true, value: { address: `${server.url}/a` } });
  answer = { status: 301, headers: { location: `${server.url}/on/and/on/${'x'.repeat(3)}` }, body: '' };
  asked = [];
  expect(await findStore(server.url, true)).toMatchObject({ ok: false, code: 'unreachable' });
  expect(asked.length).toBeLessThanOrEqual(5);
});
