import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseWebhook } from '#app/platforms/shopify/records/webhook-events.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { bigId, type Intake, startIntake } from './intake.ts';

let intake: Intake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.close());

async function deliver(body: string, topic = 'orders/updated') {
  const id = randomUUID();
  expect(await intake.send(body, { id, topic })).toBe(200);
  await intake.work();
  const delivery = await intake.delivery(id);
  if (!delivery) throw new Error('not stored');
  return delivery;
}

test.each(hostileTexts)('an order whose texts hold %s is stored as text', async (_why, text) => {
  const id = bigId();
  expect(await deliver(orderPayloadText({ id, name: text, title: text }))).toMatchObject({
    status: 'done',
    lastError: null,
  });
  const stored = text.replaceAll('\0', '').replace('\ud83d ', '\ufffd ');
  expect(await intake.order(id)).toMatchObject({ name: stored, lines: [{ title: stored }] });
});

describe('orders at the edge', () => {
  test.each([
    ['no lines', { lines: [] }, { lines: [] }],
    ['a negative total (an exchange)', { total: '-3.10', lines: [] }, { total: -310 }],
    ['a currency without cents', { currency: 'JPY', total: '1250', lines: [] }, { total: 1250, currency: 'JPY' }],
    ['a currency of three digits', { currency: 'KWD', total: '1.234', lines: [] }, { total: 1234, currency: 'KWD' }],
    [
      'another currency than the shop’s',
      { currency: 'USD', total: '7.00', lines: [] },
      { total: 700, currency: 'USD' },
    ],
    ['a negative quantity', { lines: [{ id: '1', quantity: -2 }] }, { lines: [{ quantity: -2 }] }],
    ['200 lines', { lines: Array.from({ length: 200 }, (_, index) => ({ id: String(index) })) }, { total: 1250 }],
    ['a clock in the year 2100', { updatedAt: '2100-01-01T00:00:00Z' }, { total: 1250 }],
  ])('%s', async (_why, facts, expected) => {
    const id = bigId();
    expect(await deliver(orderPayloadText({ id, ...facts }))).toMatchObject({ status: 'done' });
    expect(await intake.order(id)).toMatchObject(expected);
  });

  test('one line id twice: the order is stored, nothing is retried for ever', async () => {
    const id = bigId();
    const delivery = await deliver(
      orderPayloadText({
        id,
        lines: [
          { id: '5', quantity: 1 },
          { id: '5', quantity: 2 },
        ],
      }),
    );
    expect(delivery).toMatchObject({ status: 'done' });
    expect(await intake.order(id)).toMatchObject({ total: 1250, lines: [{ id: '5' }] });
  });
});

describe('what can never be read fails at once and is shown, not tried for an hour', () => {
  const id = '9007199254740993';
  test.each([
    ['a body cut off', '{"id":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['no id', '{"updated_at":"2026-05-01T10:00:00Z"}'],
    ['an id that is none', '{"id":"1; DROP TABLE shop"}'],
    ['a fraction as id', '{"id":1.5}'],
    ['a negative id', '{"id":-4}'],
    ['100 000 open brackets', '['.repeat(100_000)],
    ['100 000 nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a prototype in place of members', '{"__proto__":{"id":1}}'],
  ])('%s', async (_why, body) => {
    const delivery = await deliver(body);
    expect(delivery).toMatchObject({ status: 'failed', attempts: 1 });
    expect(delivery.lastError).toBe('the payload of orders/updated cannot be read');
    expect(await intake.order(id)).toBeNull();
  });

  test('an unreadable delivery holds up none behind it', async () => {
    const good = bigId();
    await intake.send('{"id":');
    await intake.send(orderPayloadText({ id: good }));
    await intake.work();
    expect(await intake.order(good)).toMatchObject({ total: 1250 });
  });

  test.each([
    'products/update',
    'customers/update',
    'inventory_levels/update',
    'refunds/create',
    'customers/redact',
    'app/scopes_update',
    'bulk_operations/finish',
  ])('%s with a body of another kind', async (topic) => {
    expect(await deliver('{"id":{"$ne":1},"customer":7,"current":"all"}', topic)).toMatchObject({
      status: 'failed',
      attempts: 1,
    });
  });
});

describe('a value that cannot be held makes the order be read again from the platform, which answers in its own types', () => {
  test.each([
    ['an amount that is no number', { total: 'NaN' }],
    ['an amount of 400 digits', { total: '9'.repeat(400) }],
    ['an amount with a comma', { lines: [{ id: '1', price: '12,50' }] }],
    ['a quantity above any integer column', { lines: [{ id: '1', quantity: 5_000_000_000 }] }],
    ['no time of its change', { extra: { updated_at: null } }],
    ['a number as time of its change', { extra: { updated_at: 0 } }],
    ['no time of its creation', { extra: { created_at: null } }],
    ['a change in the year 9999999', { updatedAt: '9999999-01-01T00:00:00Z' }],
    ['a change in the year 275760', { updatedAt: '+275760-01-01T00:00:00Z' }],
    ['a change before the year 1', { updatedAt: '0001-01-01T00:00:00+14:00' }],
    ['a change that the time zone moves into the year 10000', { updatedAt: '9999-12-31T23:00:00-08:00' }],
    ['a day in place of a time', { extra: { processed_at: 'yesterday' } }],
  ])('%s', (_why, facts) => {
    const id = bigId();
    expect(parseWebhook('orders/updated', orderPayloadText({ id, ...facts }))).toMatchObject({
      type: 'order-changed',
      id,
      order: null,
    });
  });
});
