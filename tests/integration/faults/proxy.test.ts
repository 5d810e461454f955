import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signProxy, verifyProxy } from '#app/platforms/shopify/hmac.ts';
import { testApiSecret } from '#tests/setup/services.ts';
import { type Intake, startIntake } from './intake.ts';

let intake: Intake;

beforeAll(async () => {
  intake = await startIntake();
});
afterAll(() => intake.close());

const now = new Date('2026-11-20T12:00:00Z');
const at = (date: Date) => String(Math.floor(date.getTime() / 1000));

/** A query signed as Shopify does it, with whatever a buyer has put into the storefront's address before. */
function signed(
  fromBuyer: readonly (readonly [string, string])[],
  byShopify: Readonly<Record<string, string>> = {},
): URLSearchParams {
  const own = {
    shop: 'one.myshopify.com',
    path_prefix: '/apps/trellis',
    timestamp: at(now),
    logged_in_customer_id: '',
    ...byShopify,
  };
  const query = new URLSearchParams([...fromBuyer, ...Object.entries(own)].map(([name, value]) => [name, value]));
  query.set('signature', signProxy(query, testApiSecret));
  return query;
}

describe('who is logged in', () => {
  test.each([
    ['a customer', {}, '7', '7'],
    ['a guest', {}, '', null],
    ['text in place of an id', {}, '7; DROP TABLE', null],
    ['two ids in one value', {}, '7,8', null],
    ['a negative id', {}, '-7', null],
  ])('%s', (_why, _query, value, expected) => {
    expect(verifyProxy(signed([], { logged_in_customer_id: value }).toString(), testApiSecret, now)).toMatchObject({
      ok: true,
      shopDomain: 'one.myshopify.com',
      customerId: expected,
    });
  });

  test.each(['logged_in_customer_id', 'shop', 'timestamp', 'signature'])(
    '%s given twice is trusted in neither place',
    (name) => {
      const query = signed(name === 'signature' ? [] : [[name, name === 'shop' ? 'two.myshopify.com' : '7']]);
      if (name === 'signature') query.append(name, '7');
      const verdict = verifyProxy(query.toString(), testApiSecret, now);
      if (name === 'logged_in_customer_id') expect(verdict).toMatchObject({ customerId: null });
      else expect(verdict).toMatchObject({ ok: false });
    },
  );

  test('a buyer’s own parameters, repeated too, leave the signature good', () => {
    expect(
      verifyProxy(
        signed([
          ['products', '1'],
          ['products', '2'],
          ['x', 'ü&='],
          ['y', ''],
        ]).toString(),
        testApiSecret,
        now,
      ),
    ).toMatchObject({ ok: true });
  });
});

test.each([
  ['in time', -89, true],
  ['to the second', -90, true],
  ['replayed', -91, false],
  ['a clock ahead of ours', 89, true],
  ['far ahead', 91, false],
])('%s (%d s)', (_why, seconds, ok) => {
  expect(
    verifyProxy(signed([], { timestamp: at(new Date(now.getTime() + seconds * 1000)) }).toString(), testApiSecret, now)
      .ok,
  ).toBe(ok);
});

test.each(['', 'NaN', 'Infinity', '0x67', '1e99', ' '])('a timestamp %j is none', (timestamp) => {
  expect(verifyProxy(signed([], { timestamp }).toString(), testApiSecret, now)).toMatchObject({
    ok: false,
    code: 'stale',
  });
});

test.each(['', 'zz', 'é', '00', '0'.repeat(64), '0'.repeat(10_000)])(
  'a signature %j is forged or none',
  (signature) => {
    const query = signed([]);
    query.set('signature', signature);
    expect(verifyProxy(query.toString(), testApiSecret, now).ok).toBe(false);
  },
);

test.each([
  ['501 products', { products: Array.from({ length: 501 }, (_, index) => String(index)).join() }],
  ['a product that is none', { products: '1,2,x' }],
  ['an empty place', { products: '1,,2' }],
  ['a limit of 0', { limit: '0' }],
  ['a limit of 11', { limit: '11' }],
  ['a negative limit', { limit: '-1' }],
  ['a limit in another notation', { limit: '1e1' }],
  ['100 000 characters', { products: '1'.repeat(100_000) }],
])('a signed call with %s is 400 and says what is wanted', async (_why, values) => {
  const query = signed([], { shop: intake.domain, timestamp: at(new Date()), ...values });
  const answer = await intake.http.app.request(`/proxy/cart?${query.toString()}`);
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'malformed' } }]);
});
