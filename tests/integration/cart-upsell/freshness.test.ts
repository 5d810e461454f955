import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCartServing, deleteRetired, trainRecommendations } from '#app/domains/recommendations/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { bindShop } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

/** What the docs promise: nothing is answered from a reading of the shop that is older. */
const promisedMs = 10_000;
/** What comes for sale is in every answer after this. */
const minuteMs = 60_000;

let now = new Date('2026-03-02T00:00:00Z');
let made: TestServices;
let services: TestServices['services'];
let shop: ShopId;

const later = (ms: number) => (now = new Date(now.getTime() + ms));

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
  services = made.services;
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
});

/** One web process, asked for what goes with product 1: 2 goes first, because 20 orders hold both. */
function webProcess(serving = createCartServing(services)) {
  const answers = createCartAnswers(services, serving);
  const list = (text: string) => (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions;
  return {
    ask: async (of: ShopId = shop, products = ['1'], limit = 3, visitorId: string | null = null) =>
      list((await answers.answer(of, { products, limit, visitorId, customerId: null })).text),
    known: () => {
      const answer = answers.known(shop, '1', '3');
      return answer && list(answer.text);
    },
  };
}
const idsOf = (list: readonly CartSuggestion[]) => list.map((one) => one.productId);
const inShop = (work: Parameters<typeof services.db.inShop<unknown>>[1]) => services.db.inShop(shop, work);
const setStock = (stock: number | null, of = '2') =>
  inShop(({ tx }) => tx.variant.updateMany({ where: { shopId: shop, productId: of }, data: { stock } }));
const setProduct = (data: { published?: boolean; status?: string; deletedAt?: Date; title?: string }) =>
  inShop(({ tx }) => tx.product.updateMany({ where: { shopId: shop, id: '2' }, data }));

it('answers carts never asked about from the former version, until every process knows of the new one', async () => {
  const serving = createCartServing(services);
  const listOf = async (cart: string) => (await serving.candidates(shop, [cart], 5)).list;
  const versions = async () => {
    const rows = await inShop(({ tx }) => tx.recommendationVoice.findMany({ distinct: ['version'] }));
    return (rows as { version: number }[]).map(({ version }) => version).toSorted();
  };
  const before = await createCartServing(services).candidates(shop, ['1'], 5);
  await listOf('3');
  const train = () => trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
  await train();
  expect(await listOf('1')).toEqual(before.list);
  expect(await versions()).toEqual([1, 2]);
  later(promisedMs + 5_000);
  expect((await listOf('1')).map(({ productId }) => productId)).toEqual(before.list.map(({ productId }) => productId));
  const tidy = () => inShop((scope) => deleteRetired(scope, now));
  await tidy();
  expect(await versions()).toEqual([2]);
  await train();
  await tidy();
  expect(await versions(), 'only the last one is kept on').toEqual([2, 3]);
});

describe('what a process has in memory', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['is sold out', () => setStock(0)],
    ['is taken off the store', () => setProduct({ published: false })],
    ['is a draft again', () => setProduct({ status: 'draft' })],
    ['is deleted', () => setProduct({ deletedAt: now })],
  ])('shows no product that %s, ten seconds later in every process', async (_name, change) => {
    const [one, other] = [webProcess(), webProcess()];
    for (const process of [one, other]) expect(idsOf(await process.ask())[0]).toBe('2');
    await change();
    later(promisedMs);
    expect(one.known()).toBeNull();
    for (const process of [one, other]) {
      expect(idsOf(await process.ask())).not.toContain('2');
      expect(idsOf(await process.ask(shop, ['1'], 3, '00000000-0000-4000-8000-000000000001'))).not.toContain('2');
      expect(idsOf(await process.ask(shop, ['1', '3']))).not.toContain('2');
    }
  });

  it('shows the new price and title ten seconds later, and the rest without asking again', async () => {
    const process = webProcess();
    const asVisitor = () => process.ask(shop, ['1'], 3, '00000000-0000-4000-8000-000000000002');
    for (const ask of [process.ask, asVisitor, asVisitor]) expect((await ask())[0]?.price.minor).not.toBe(1_234);
    await inShop(({ tx }) =>
      tx.variant.updateMany({ where: { shopId: shop, productId: '2' }, data: { priceMinor: 1_234 } }),
    );
    await setProduct({ title: 'Renamed' });
    later(promisedMs);
    for (const ask of [process.ask, asVisitor])
      expect((await ask())[0]).toMatchObject({ productId: '2', title: 'Renamed', price: { minor: 1_234 } });
  });

  it('shows a variant that moved to another product there, and the first one without it', async () => {
    const process = webProcess();
    await process.ask();
    await inShop(({ tx }) =>
      tx.variant.updateMany({ where: { shopId: shop, productId: '2' }, data: { productId: 'sold-out' } }),
    );
    later(promisedMs);
    expect(idsOf(await process.ask())).not.toContain('2');
  });

  it('shows what comes back within a minute', async () => {
    await setStock(0);
    const process = webProcess();
    expect(idsOf(await process.ask())).not.toContain('2');
    await setStock(3);
    later(minuteMs);
    expect(idsOf(await process.ask())[0]).toBe('2');
  });

  it('sees what a transaction stores late, however many began and ended after it', async () => {
    const process = webProcess();
    await process.ask();
    const slow = await made.database.db.pool.connect();
    await slow.query('BEGIN');
    await bindShop(slow, shop);
    await slow.query('UPDATE variant SET stock = 0 WHERE shop_id = $1 AND product_id = $2', [shop, '2']);
    for (const id of ['3', '4', '5']) {
      await setStock(7, id);
      later(promisedMs);
      expect(idsOf(await process.ask())[0]).toBe('2');
    }
    await slow.query('COMMIT');
    slow.release();
    later(promisedMs);
    expect(idsOf(await process.ask())).not.toContain('2');
  });

  it('answers carts never asked about without a query, once it has read their products', async () => {
    const process = webProcess();
    await process.ask(shop, ['1', '2', '3'], 6);
    await process.ask(shop, ['4', '5', '6'], 6);
    const connect = vi.spyOn(services.db.pool, 'connect');
    try {
      expect(idsOf(await process.ask(shop, ['1', '4'], 2))[0]).toBe('2');
      expect(connect).not.toHaveBeenCalled();
    } finally {
      connect.mockRestore();
    }
  });

  it('is its shop’s alone: products of the same ids elsewhere stay what they are', async () => {
    const [process, first] = [webProcess(), shop];
    expect(idsOf(await process.ask())[0]).toBe('2');
    shop = await insertShop(made.database);
    await insertHistory(made.database, shop);
    await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
    await setStock(0);
    expect(idsOf(await process.ask(shop))).not.toContain('2');
    later(promisedMs);
    expect(idsOf(await process.ask(first))[0]).toBe('2');
    expect(await process.ask(await insertShop(made.database))).toEqual([]);
  });

  it('may be as little as nothing, also while many ask: the answers are the same', async () => {
    const [usual, poor] = [
      webProcess(),
      webProcess(createCartServing(services, { voiceBytes: 0, cardBytes: 2_000, viewedBytes: 1 << 20 })),
    ];
    const carts = [['1'], ['2'], ['3', '4'], ['1', '5', '6'], []];
    const [answers, again] = await Promise.all(
      [usual, poor].map(({ ask }) => Promise.all([...carts, ...carts].map((cart) => ask(shop, cart, 5)))),
    );
    expect(again).toEqual(answers);
    expect(answers?.slice(0, 5)).toEqual(answers?.slice(5));
  });

  it('is read anew after a failure of the database', async () => {
    const process = webProcess();
    const connect = vi.spyOn(services.db.pool, 'connect').mockRejectedValue(new Error('the database is away'));
    await expect(process.ask()).rejects.toThrow('away');
    connect.mockRestore();
    expect(idsOf(await process.ask())[0]).toBe('2');
  });
});
