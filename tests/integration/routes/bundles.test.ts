import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShopId } from '#app/shared/ids.ts';
import { action as change } from '#app/routes/bundles.change.ts';
import { action as preview } from '#app/routes/bundles.preview.ts';
import { createTestServices, insertShop, type TestServices, testApiKey, testApiSecret } from '#tests/setup/services.ts';

const domain = 'routes-test.myshopify.com';
let made: TestServices;
let shop: ShopId;
let other: ShopId;
const bundleOfOther = randomUUID();

beforeAll(async () => {
  made = await createTestServices();
  shop = await insertShop(made.database, { domain });
  other = await insertShop(made.database);
  await made.services.db.inShop(other, ({ tx }) =>
    tx.bundle.create({
      data: {
        shopId: other,
        id: bundleOfOther,
        title: 'Not yours',
        kind: 'fixed',
        status: 'draft',
        discountType: 'percentage',
        discountValue: 1000n,
      },
    }),
  );
});
afterAll(() => made.dispose());

/** A session token as App Bridge hands it out, `age` seconds old. */
function sessionToken(age = 0): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000) - age;
  const claims = {
    iss: `https://${domain}/admin`,
    dest: `https://${domain}`,
    aud: testApiKey,
    sub: '1',
    exp: now + 60,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    sid: '1',
  };
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', testApiSecret).update(text).digest('base64url')}`;
}

function ask(path: string, body: string, token: string | null = sessionToken()) {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'sec-fetch-dest': 'empty',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const request = new Request(`http://127.0.0.1:3000${path}`, { method: 'POST', headers, body });
  return { request, context: { services: made.services }, params: {}, unstable_pattern: path };
}

/** The status of the response that a route threw. */
async function thrownStatus(work: Promise<unknown>): Promise<number> {
  const outcome: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Response)) throw new Error('nothing was refused');
  return outcome.status;
}

describe('who may ask', () => {
  it.each([
    ['no token', () => null],
    ['a token that ended', () => sessionToken(3600)],
    ['a token of somebody else', () => `${sessionToken().slice(0, -4)}AAAA`],
  ])('refuses %s with 401', async (_name, token) => {
    expect(await thrownStatus(preview(ask('/bundles/preview', '{}', token())))).toBe(401);
  });
});

describe('what is sent', () => {
  it.each([
    ['malformed JSON', '{', 400],
    ['nothing', '', 400],
    ['no ids', '{"intent":"pause","ids":[]}', 400],
    ['an unknown intent', `{"intent":"drop","ids":["${randomUUID()}"]}`, 400],
    ['5 MB', JSON.stringify({ intent: 'pause', ids: ['x'.repeat(5_000_000)] }), 413],
  ])('refuses %s', async (_name, body, status) => {
    expect(await thrownStatus(change(ask('/bundles/change', body)))).toBe(status);
  });

  it('names the fields of a form that cannot be priced', async () => {
    const answer = await preview(ask('/bundles/preview', JSON.stringify({ kind: 'fixed', title: '', items: 'none' })));
    expect(answer.preview).toBeNull();
    expect(Object.keys(answer.fields)).toEqual(expect.arrayContaining(['title', 'discount', 'items']));
  });
});

it.each(['pause', 'activate', 'duplicate', 'delete', 'restore'])(
  'does not %s another shop’s bundle',
  async (intent) => {
    const answer = await change(ask('/bundles/change', JSON.stringify({ intent, ids: [bundleOfOther] })));
    expect(answer.done).toEqual([]);
    expect(answer.problems).toHaveLength(1);
    const untouched = await made.services.db.inShop(other, ({ tx }) =>
      tx.bundle.findFirst({ where: { shopId: other, id: bundleOfOther } }),
    );
    expect(untouched).toMatchObject({ status: 'draft', revision: 1, deletedAt: null });
    expect(await made.services.db.inShop(shop, ({ tx }) => tx.bundle.count({ where: { shopId: shop } }))).toBe(0);
  },
);
