import type { LoaderFunctionArgs } from '@remix-run/node';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBundle } from '#app/domains/bundles/index.ts';
import type { ExplainedCart } from '#app/flows/explain-cart.ts';
import { loader } from '#app/routes/bundles.explain.ts';
import { startTwoShops, type TwoShops } from '../tenants/two-shops.ts';

let shops: TwoShops;
const offers: Record<'set' | 'later', string> = { set: '', later: '' };

beforeAll(async () => {
  shops = await startTwoShops();
  const { services } = shops.test;
  const { sharedProduct, ownProduct, shopId } = shops.a;
  const set = (title: string, basisPoints: number, startsAt: string | null) => ({
    title,
    kind: 'fixed',
    discount: { type: 'percentage', basisPoints },
    pickCount: 0,
    startsAt,
    endsAt: null,
    status: 'active',
    items: [sharedProduct, ownProduct].map((productId) => ({ productId, variantId: null, quantity: 2 })),
  });
  const now = services.clock.now();
  const later = new Date(now.getTime() + 86_400_000).toISOString();
  await services.db.inShop(shopId, async (scope) => {
    await scope.tx.bundle.updateMany({ where: { shopId }, data: { status: 'paused' } });
    for (const [name, startsAt] of [
      ['set', null],
      ['later', later],
    ] as const) {
      // prettier-ignore
      const made = await createBundle(scope, set(`Offer ${name}`, 1000, startsAt), { now, newId: randomUUID });
      if (!made.ok) throw new Error(JSON.stringify(made));
      offers[name] = made.value.id;
    }
  });
});
afterAll(() => shops.close());

async function ask(query: string, token = shops.token()): Promise<{ status: number; body: ExplainedCart }> {
  const request = new Request(`http://127.0.0.1:3000/bundles/explain?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const context = { services: shops.test.services };
  const answer = await loader({ request, params: {}, context, unstable_pattern: '' } as unknown as LoaderFunctionArgs);
  return { status: answer.status, body: (await answer.json()) as ExplainedCart };
}

describe('why a cart costs what it costs', () => {
  it('names the offer that applies and the one that has not begun, and its sums add up', async () => {
    const { status, body } = await ask(`cart=${shops.a.sharedProduct}:2,${shops.a.ownProduct}:2`);
    expect(status).toBe(200);
    const reasons = body.reasons.map(({ code, offerId }) => [code, offerId]);
    expect(reasons).toContainEqual(['bundle-applied', offers.set]);
    expect(reasons).toContainEqual(['not-started', offers.later]);
    expect(body.discountMinor).toBe(Math.round(body.subtotalMinor / 10));
    expect(body.lines.reduce((sum, line) => sum + line.totalMinor, 0)).toBe(body.totalMinor);
    expect(body.subtotalMinor - body.discountMinor).toBe(body.totalMinor);
    for (const line of body.lines) expect(line.offers).toEqual(['Offer set']);
    expect(body.search).toBe('exact');
  });

  it('says what is missing, and what a code beside the offer comes to', async () => {
    const half = await ask(`cart=${shops.a.sharedProduct}:2`);
    expect(half.body.reasons.map(({ code, about }) => [code, about])).toContainEqual(['incomplete', 'Offer set']);
    expect(half.body.discountMinor).toBe(0);
    // A code of the order does not combine with bundles in a new shop; the larger saving stands.
    const coded = await ask(`cart=${shops.a.sharedProduct}:2,${shops.a.ownProduct}:2&code=5000&class=order`);
    expect(coded.body.reasons.map(({ code, about }) => [code, about])).toEqual(
      expect.arrayContaining([['code-applied', 'CODE'], ['used-by-better-offer', 'Offer set']]), // prettier-ignore
    );
    expect(coded.body.discountMinor).toBe(Math.round(coded.body.subtotalMinor / 2));
  });

  it('leaves out what the shop does not have and says so', async () => {
    const { body } = await ask(`cart=404:1,${shops.a.sharedProduct}.404,${shops.a.sharedProduct}`);
    expect(body.lines).toHaveLength(1);
    expect(body.unknown).toEqual(['404', shops.a.sharedProduct]);
  });

  it.each([
    ['nothing', ''],
    ['a hole in the cart', 'cart=1,,2'],
    ['no unit', 'cart=1:0'],
    ['too many units', 'cart=1:1000'],
    ['half a unit', 'cart=1:1.5'],
    ['words', 'cart=all'],
    ['more lines than 50', `cart=${Array.from({ length: 51 }, (_, at) => String(at + 1)).join()}`],
    ['a code above 100 %', 'cart=1&code=10001'],
    ['a class that is none', 'cart=1&code=100&class=gift'],
  ])('refuses %s', async (_what, query) => {
    expect(await ask(query)).toMatchObject({ status: 400, body: { error: 'invalid' } });
  });
});
