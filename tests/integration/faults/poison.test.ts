import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertShop } from '#tests/setup/services.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { bigId, type Intake, startIntake } from './intake.ts';

let intake: Intake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.close());

async function deliver(body: string, topic: string) {
  const id = randomUUID();
  expect(await intake.send(body, { id, topic })).toBe(200);
  await intake.work();
  return intake.delivery(id);
}

describe('a storefront event that PostgreSQL cannot hold as it is', () => {
  const sendEvents = (shopId: string, events: readonly object[]) =>
    intake.http.app.request('/signals', {
      method: 'POST',
      body: JSON.stringify({ shopId, visitorId: randomUUID(), events }),
    });
  const event = (values: object) => ({ id: randomUUID(), at: new Date().toISOString(), ...values });

  test.each([
    ['half a surrogate pair in the query', { kind: 'search', query: 'cut \ud83d off' }],
    ['half a surrogate pair in the surface', { kind: 'click', surface: '\udc00' }],
  ])('%s costs no other shop its events', async (_why, values) => {
    const other = await insertShop(intake.test.database);
    await sendEvents(intake.shopId, [event(values)]);
    // A purchase is stored before the answer, with everything that waits in the same batch.
    const answer = await sendEvents(other, [event({ kind: 'purchase' })]);
    expect(answer.status).toBe(202);
    const stored = await intake.test.services.db.inShop(other, ({ tx }) => tx.signal.count());
    expect(stored).toBe(1);
  });
});

describe('a topic that is a member of every object is no topic of ours', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s', async (topic) => {
    expect(await deliver('{"type":"shop-erased","id":1}', topic)).toMatchObject({ status: 'ignored', attempts: 1 });
    expect(await intake.test.services.db.inShop(intake.shopId, ({ tx }) => tx.shop.count())).toBe(1);
  });
});

describe('a person is forgotten whatever stands in the deliveries that name them', () => {
  test.each([
    ['a NUL', '"\\u0000"'],
    ['half a surrogate pair', '"\\ud83d"'],
    ['a number beyond any type', '1e999999'],
    ['100 000 open lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['an escaped backslash before what looks like a NUL', '"\\\\u0000"'],
  ])('%s', async (_why, value) => {
    const customer = bigId();
    const order = bigId();
    const waiting = randomUUID();
    const body = `{"id":${order},"updated_at":"2026-05-01T10:00:00Z","customer":{"id":${customer}},"note":${value}}`;
    await intake.send(body, { id: waiting });
    const redaction = await deliver(`{"customer":{"id":${customer},"email":"a@example.com"}}`, 'customers/redact');
    expect(redaction).toMatchObject({ status: 'done', lastError: null });
    expect((await intake.delivery(waiting))?.body).not.toContain(customer);
  });

  test('of what waits the ids stay, with every digit', async () => {
    const [customer, order, waiting] = [bigId(), bigId(), randomUUID()];
    // No platform answers here, so that the delivery waits for another try.
    await deliver(`{"order_id":${order}}`, 'refunds/create');
    await intake.send(`{"order_id":${order},"note":"\\u0000","user":${customer}}`, {
      id: waiting,
      topic: 'refunds/create',
    });
    await deliver(`{"customer":{"id":${customer}}}`, 'customers/redact');
    expect(JSON.parse((await intake.delivery(waiting))?.body ?? '')).toEqual({ order_id: order });
  });

  test('an address with a NUL in it is looked for without', async () => {
    const body = `{"customer":{"id":${bigId()},"email":"a\\u0000@example.com"}}`;
    expect(await deliver(body, 'customers/redact')).toMatchObject({ status: 'done', lastError: null });
  });
});

test('an id of ten thousand digits is malformed at once', async () => {
  expect(await deliver(orderPayloadText({ id: '9'.repeat(10_000) }), 'orders/updated')).toMatchObject({
    status: 'failed',
    attempts: 1,
  });
});
