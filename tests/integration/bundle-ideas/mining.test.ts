import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addRun, listRuns } from '#app/domains/activity/index.ts';
import { readIdeas, readSearch, writeStatus } from '#app/domains/bundle-ideas/index.ts';
import { createBundle, getAnyBundle } from '#app/domains/bundles/index.ts';
import { defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { draftIdea, readIdeaViews } from '#app/flows/bundle-ideas.ts';
import mineBundles from '#app/flows/mine-bundles.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-11-21T12:00:00Z');
const day = 86_400_000;
let test: TestServices;
let shop: ShopId;

beforeAll(async () => {
  test = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
});
afterAll(() => test.dispose());
beforeEach(async () => {
  shop = await insertShop(test.database);
  const variants = (id: string) => [{ id: `${id}1`, priceMinor: 2000, costMinor: 300, stock: 500 }];
  await seedProducts(
    test.database,
    shop,
    ['1', '2', '3', '4', '5', '6'].map((id) => ({ id, variants: variants(id) })),
  );
  // Types of their own, so that no two are taken for colours of one thing.
  await inShop(({ tx }) => tx.$executeRaw`UPDATE product SET product_type = id WHERE shop_id = ${shop}::uuid`);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>, id = shop): Promise<T> => test.services.db.inShop(id, work);

async function seedOrders(
  count: number,
  productIds: readonly string[],
  state: { test?: boolean; cancelled?: boolean; refunded?: boolean } = {},
): Promise<void> {
  await inShop(async ({ tx }) => {
    for (let index = 0; index < count; index += 1) {
      const id = randomUUID();
      const at = new Date(now.getTime() - (index + 1) * day);
      await tx.order.create({
        data: {
          shopId: shop,
          id,
          customerId: `c${id}`,
          placedAt: at,
          platformUpdatedAt: at,
          currency: 'USD',
          subtotalMinor: 1,
          discountMinor: 0,
          totalMinor: 1,
          test: state.test ?? false,
          cancelledAt: state.cancelled ? at : null,
        },
      });
      await tx.orderLine.createMany({
        data: productIds.map((productId) => ({
          shopId: shop,
          orderId: id,
          id: productId,
          productId,
          quantity: 1,
          unitPriceMinor: 2000,
          refundedQuantity: state.refunded ? 1 : 0,
        })),
      });
    }
  });
}

/** 40 orders with 1 and 2 and 60 with others: enough for a search, and one clear pair. */
async function seedHistory(): Promise<void> {
  await seedOrders(40, ['1', '2']);
  for (const pair of [
    ['3', '4'],
    ['4', '5'],
    ['5', '6'],
    ['3', '5'],
    ['4', '6'],
    ['3', '6'],
  ])
    await seedOrders(10, pair);
}

async function mine(signal = new AbortController().signal): Promise<void> {
  const run = await inShop((scope) => addRun(scope, { id: randomUUID(), kind: 'mine-bundles', now }));
  await mineBundles(
    { shopId: shop, runId: run.id },
    { services: test.services, attempt: 1, lastAttempt: false, signal },
  );
}

const found = async (): Promise<string[]> =>
  (await inShop(readIdeas)).map(
    ({ evidence, status }) =>
      `${evidence.parts
        .map(({ productId }) => productId)
        .sort()
        .join('+')} ${status}`,
  );
const rules = { ...defaultIncentiveRules, minMarginBps: 1000 };
const context = { rules, now, newId: randomUUID };

describe('mining a shop', () => {
  it('finds the pair, says how it went in a run, and finds the same when it runs again', async () => {
    await seedHistory();
    await mine();
    expect(await found()).toContain('1+2 open');
    const first = await inShop(readIdeas);
    const [run] = await inShop((scope) => listRuns(scope, { limit: 1, kind: 'mine-bundles' }));
    expect(run).toMatchObject({ status: 'succeeded', result: { orders: 100, baskets: 100 } });
    expect((await inShop(readSearch)).report).toMatchObject({ orders: 100, capped: 0, covered: 0 });
    await mine();
    expect(await inShop(readIdeas)).toEqual(first);
  });

  it('learns nothing from cancelled, test and refunded orders', async () => {
    await seedHistory();
    for (const state of [{ test: true }, { cancelled: true }, { refunded: true }])
      await seedOrders(30, ['1', '6'], state);
    await mine();
    expect((await inShop(readSearch)).report?.orders).toBe(100);
    expect(await found()).not.toContain('1+6 open');
  });

  it('proposes nothing before there are enough orders', async () => {
    await seedOrders(40, ['1', '2']);
    await mine();
    expect(await found()).toEqual([]);
  });

  it('leaves everything as it was when it is stopped, and can be done again', async () => {
    await seedHistory();
    await mine();
    const before = await inShop(readIdeas);
    await seedOrders(30, ['3', '4']);
    await expect(mine(AbortSignal.abort(new Error('the process stops')))).rejects.toThrow('the process stops');
    expect(await inShop(readIdeas)).toEqual(before);
    // The stopped run waits; whoever takes it up finishes it.
    const runs = await inShop((scope) => listRuns(scope, { limit: 10, kind: 'mine-bundles' }));
    expect(runs.map(({ status }) => status).sort()).toEqual(['queued', 'succeeded']);
    await mine();
    expect((await inShop(readSearch)).report?.orders).toBe(130);
  });

  it('keeps what was dismissed dismissed, and leaves out what a live bundle does', async () => {
    await seedHistory();
    await mine();
    const [idea] = (await inShop(readIdeas)).filter(({ evidence }) =>
      evidence.parts.some(({ productId }) => productId === '1'),
    );
    const dismiss = { from: ['open'], to: 'dismissed', bundleId: null, now } as const;
    expect(await inShop((scope) => writeStatus(scope, idea?.id ?? '', dismiss))).toBe(true);
    await mine();
    expect(await found()).toContain('1+2 dismissed');
    expect(await found()).not.toContain('1+2 open');

    const other = await insertShop(test.database);
    expect(await inShop((scope) => writeStatus(scope, idea?.id ?? '', dismiss), other)).toBe(false);
  });

  it('leaves out what a live bundle sells already', async () => {
    await seedHistory();
    const form = {
      title: 'Ours',
      kind: 'fixed',
      discount: { type: 'percentage', basisPoints: 500 },
      pickCount: 0,
      startsAt: null,
      endsAt: null,
      status: 'active',
      items: ['1', '2'].map((productId) => ({ productId, variantId: null, quantity: 1 })),
    };
    expect((await inShop((scope) => createBundle(scope, form, context))).ok).toBe(true);
    await mine();
    expect(await found()).not.toContain('1+2 open');
    expect((await inShop(readSearch)).report?.covered).toBe(1);
  });
});

describe('making a draft', () => {
  const pairIdea = async () => {
    await seedHistory();
    await mine();
    const { views } = await inShop((scope) => readIdeaViews(scope, context));
    const view = views.find(({ products }) => products.some(({ id }) => id === '1'));
    if (!view) throw new Error('the pair was not found');
    return view;
  };

  it('makes one draft however often it is asked for', async () => {
    const { idea } = await pairIdea();
    const make = () => inShop((scope) => draftIdea(scope, { id: idea.id, basisPoints: 1000 }, context));
    const made = await make();
    if (!made.ok) throw new Error(made.message);
    const bundle = await inShop((scope) => getAnyBundle(scope, made.value.bundleId, now));
    expect(bundle).toMatchObject({
      ok: true,
      value: { phase: 'draft', bundle: { kind: 'fixed', discount: { type: 'percentage', basisPoints: 1000 } } },
    });
    expect(await make()).toEqual(made);
    await mine();
    expect(await found()).toContain('1+2 drafted');
  });

  it('refuses a discount below the margin, and another shop’s idea', async () => {
    const { idea } = await pairIdea();
    const request = { id: idea.id, basisPoints: 9000 };
    expect(await inShop((scope) => draftIdea(scope, request, context))).toMatchObject({ ok: false, code: 'refused' });
    const other = await insertShop(test.database);
    expect(await inShop((scope) => draftIdea(scope, request, context), other)).toMatchObject({
      ok: false,
      code: 'not-found',
    });
  });
});
