import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBundle } from '#app/domains/bundles/index.ts';
import { findSplitTest, stopForeignTests } from '#app/domains/experiments/index.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { form } from '#tests/integration/bundles/shop.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { atCheckout, halves, publishNow } from './published-tests.ts';

// A store changes its currency: what was entered as 3 euros is not 3 yen.

let store: TestStore;
let shopId: ShopId;
let products: string[];

beforeAll(async () => {
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  const sellable = [...store.sandbox.store.products.values()].filter((one) => !one.isGiftCard).slice(0, 4);
  products = sellable.map((one) => one.id);
  await seedProducts(
    store.test.database,
    shopId,
    sellable.map(({ id }) => ({ id, variants: [{ id: `${id}1`, priceMinor: 2000, costMinor: 500 }] })),
  );
});
afterAll(() => store.close());

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => store.test.services.db.inShop(shopId, work);
const sellIn = (currency: string) =>
  inShop(({ tx }) => tx.shop.updateMany({ where: { id: shopId }, data: { currency } }));

async function bundleOf(ids: readonly string[]): Promise<string> {
  const items = ids.map((productId) => ({ productId, variantId: null, quantity: 1 }));
  const made = await inShop((scope) =>
    createBundle(scope, form({ title: ids.join(), items }), { now: new Date(), newId: randomUUID }),
  );
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.value.id;
}

async function draft(
  subject: string,
  value: { type: 'amount'; minor: number } | { type: 'percentage'; basisPoints: number },
) {
  const input = halves('Price of the set', { type: 'price', id: subject }, { values: [value] });
  const saved = await saveExperiment(store.test.services, shopId, null, input);
  if (!saved.ok) throw new Error(JSON.stringify(saved));
  return saved.value.id;
}

const change = (id: string, intent: 'start' | 'apply') =>
  changeExperiment(store.test.services, shopId, id, { intent, arm: 'b' });

const publish = (): Promise<void> => publishNow(store.test.services, shopId);

it('stops tests of amounts with a reason, refuses drafts of them until they are entered anew, and keeps percentages', async () => {
  const [first, second, third, fourth] = products;
  if (!first || !second || !third || !fourth) throw new Error('too few products');
  const { currency: before } = await inShop(({ tx }) => tx.shop.findUniqueOrThrow({ where: { id: shopId } }));
  const amounts = await bundleOf([first, second]);
  const waiting = await bundleOf([first, third]);
  const shares = await bundleOf([first, fourth]);
  const running = await draft(amounts, { type: 'amount', minor: 300 });
  const later = await draft(waiting, { type: 'amount', minor: 300 });
  const percent = await draft(shares, { type: 'percentage', basisPoints: 2500 });
  for (const id of [running, percent]) expect(await change(id, 'start')).toMatchObject({ ok: true });
  await publish();
  expect(atCheckout(store)).toHaveLength(2);

  const other = before === 'JPY' ? 'KWD' : 'JPY';
  await sellIn(other);
  await publish();
  expect(await inShop((scope) => findSplitTest(scope, running))).toMatchObject({
    state: 'stopped',
    stopReason: 'currency-changed',
  });
  expect(await inShop((scope) => findSplitTest(scope, percent))).toMatchObject({ state: 'running' });
  expect(atCheckout(store)).toHaveLength(1);

  // Neither the draft nor the winner of the stopped one may bring the old amount back.
  const refused = await change(later, 'start');
  expect(refused).toMatchObject({ ok: false, code: 'price-refused' });
  expect(refused).toMatchObject({
    message: `These amounts were entered in ${before}. Enter them in ${other} and save.`,
  });
  expect(await change(running, 'apply')).toMatchObject({ ok: false, code: 'price-refused' });
  const stored = await inShop((scope) => findSplitTest(scope, later));
  expect(await saveExperiment(store.test.services, shopId, later, stored)).toMatchObject({ ok: true });
  expect(await inShop((scope) => findSplitTest(scope, later))).toMatchObject({ currency: other });
  expect(await change(later, 'start')).toMatchObject({ ok: true });
});

it('stops tests of a bundle that gives nothing, and takes tests from before currencies were kept as they are', async () => {
  const [first, second] = products;
  if (!first || !second) throw new Error('too few products');
  const subject = await bundleOf([second, first]);
  const id = await draft(subject, { type: 'percentage', basisPoints: 2000 });
  await inShop(({ tx }) => tx.splitTest.updateMany({ where: { id }, data: { currency: null } }));
  await inShop(({ tx }) => tx.splitTest.updateMany({ where: { id }, data: { status: 'running' } }));
  const stop = (bundles: readonly string[]) =>
    inShop((scope) => stopForeignTests(scope, { currency: 'ZAR', bundles, now: new Date() }));
  await inShop(({ tx }) => tx.splitTest.deleteMany({ where: { id: { not: id } } }));
  expect(await stop([])).toBe(0);
  expect(await inShop((scope) => findSplitTest(scope, id))).toMatchObject({ currency: 'ZAR', state: 'running' });
  expect(await stop([subject])).toBe(1);
  expect(await stop([subject])).toBe(0);
});
