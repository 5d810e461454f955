import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdrawCode, worstStack } from '#app/domains/codes/index.ts';
import { listRuns } from '#app/domains/activity/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { changeMerchantSettings } from '#app/flows/start-runs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { SandboxOrder, SandboxProduct } from '#sandbox/shopify/model.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import {
  buildCodeFunction,
  buyer,
  cartAt,
  type CodeDesk,
  codeDesk,
  fiveOff,
  off,
  priceOf,
  sellableIn,
  tellOrder,
  tellProduct,
} from './code-store.ts';

let store: TestStore;
let shopId: ShopId;
let desk: CodeDesk;
let strong: SandboxProduct;
let weak: SandboxProduct;
/** something may come off it, but not much */
let thin: SandboxProduct;
/** its cost changes */
let turned: SandboxProduct;

const minorOf = ({ price }: { readonly price: string }): number => Math.round(Number(price) * 100);
/** Of the weak one only 2 % of the price are above its cost. */
const costShare = ({ id }: SandboxProduct): number => (id === weak.id ? 0.98 : id === thin.id ? 0.7 : 0);

beforeAll(async () => {
  await buildCodeFunction();
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  desk = codeDesk(store.test, shopId);
  const sellable = sellableIn(store);
  [strong, weak, thin, turned] = [sellable[0]!, sellable[1]!, sellable[2]!, sellable[3]!];
  // What an order's message reads of a product again must say the same.
  for (const product of [...store.sandbox.store.products.values()])
    store.sandbox.store.put('products', {
      ...product,
      variants: product.variants.map((variant) => ({
        ...variant,
        unitCost: (Math.max(1, Math.floor(minorOf(variant) * costShare(product))) / 100).toFixed(2),
      })),
    });
  await seedProducts(
    store.test.database,
    shopId,
    [...store.sandbox.store.products.values()].map(({ id, variants }) => ({
      id,
      variants: variants.map((variant) => ({
        id: variant.id,
        priceMinor: minorOf(variant),
        costMinor: Math.round(Number(variant.unitCost) * 100),
      })),
    })),
  );
});
afterAll(() => store.close());

const cartWith = (product: SandboxProduct, code: string, login: string | null = null, quantity = 1) =>
  cartAt(store.sandbox.url, product, { code, login, quantity });
/** The merchant's lowest margin and the tax in prices, and what the jobs after them do. */
async function margins(minMarginBps: number, enteredTaxBps: number): Promise<void> {
  const { services } = store.test;
  const { settings } = await services.db.inShop(shopId, readShop);
  const saved = await changeMerchantSettings(services, shopId, { ...settings, minMarginBps, enteredTaxBps });
  expect(saved.ok).toBe(true);
  await desk.publish();
}
const tell = (order: SandboxOrder) => tellOrder(store, shopId, order);

describe('a code', () => {
  it('is made once, works once, and is used by the order that carries it', async () => {
    const [code] = await desk.issue(fiveOff);
    expect((await desk.read())?.state).toBe('wanted');
    await desk.publish();
    await desk.publish();
    expect((await desk.read())?.state).toBe('open');
    const { visitor, off: taken } = await cartWith(strong, code!.toLowerCase());
    expect(taken).toBe(500);
    const paid = await visitor.form('/checkout', buyer);
    expect(paid.status).toBe(303);
    const order = [...store.sandbox.store.orders.values()].at(-1);
    expect(order.discountApplications).toEqual([expect.objectContaining({ kind: 'CODE', title: code })]);
    await tell(order);
    expect(await desk.read()).toMatchObject({ state: 'used', used: 1, orderId: order.id });
    expect((await cartWith(strong, code!)).off).toBe(0);
    // Shopify does not give the use back: the code stays used, and nothing stands on it any more.
    const cancelled = { ...order, cancelledAt: new Date().toISOString(), updatedAt: new Date().toISOString() };
    await tell(cancelled);
    expect(await desk.read()).toMatchObject({ state: 'used', used: 0, orderId: null });
  });

  it('never takes more off than the margin leaves', async () => {
    const [code] = await desk.issue({ type: 'percentage', basisPoints: 5_000, ...off });
    await desk.publish();
    const { off: taken } = await cartWith(weak, code!);
    expect(taken).toBeLessThanOrEqual(Math.ceil(priceOf(weak) * 0.02));
    const { off: less, visitor } = await cartWith(thin, code!);
    expect(less).toBeGreaterThan(0);
    expect(less).toBeLessThanOrEqual(Math.ceil(priceOf(thin) * 0.3));
    // The shopper reads why, in the language of the store; the order knows the code as it is.
    const cartOf = () => visitor.json<{ cart_level_discount_applications: { title: string }[] }>('/cart.js');
    expect((await cartOf()).cart_level_discount_applications[0]?.title).toBe(
      `${code!}: Reduced: these items allow no larger discount`,
    );
    await visitor.form('/localization', { locale_code: 'de' });
    expect((await cartOf()).cart_level_discount_applications[0]?.title).toContain('Verringert');
    const worst = await store.test.services.db.inShop(shopId, (scope) =>
      worstStack(
        scope,
        { minMarginBps: 0, defaultMarginBps: 0 },
        { type: 'percentage', basisPoints: 5_000, minSubtotalMinor: null, productIds: [strong.id, weak.id] },
      ),
    );
    expect(worst.product?.id).toBe(weak.id);
    expect(worst.leftBps).toBeLessThanOrEqual(400);
    expect(worst.notice).toContain('instead of 50 %');
    const other = await cartWith(strong, code!);
    expect(other.off).toBe(Math.floor((priceOf(strong) * 5_000 + 5_000) / 10_000));
    await visitor.form('/checkout', buyer);
    expect([...store.sandbox.store.orders.values()].at(-1).discountApplications).toEqual([
      expect.objectContaining({ kind: 'CODE', title: code }),
    ]);
  });

  it('leaves the margin of what is left of a price without its tax', async () => {
    const [code] = await desk.issue({ type: 'percentage', basisPoints: 5_000, ...off }, { uses: null });
    await margins(1_000, 1_900);
    // Cost 70 %, of the price without 19 % tax: 70 × 1.19 / 0.9 leaves 7.4 %.
    const taken = (await cartWith(thin, code!)).off / priceOf(thin);
    await margins(0, 0);
    expect(taken).toBeGreaterThan(0.07);
    expect(taken).toBeLessThan(0.076);
  });

  it('takes no more off than its bound, and does not call that reduced', async () => {
    const [code] = await desk.issue({ type: 'percentage', basisPoints: 5_000, mostMinor: 321, ...off }, { uses: null });
    await desk.publish();
    const { visitor, off: taken } = await cartWith(strong, code!, null, 2);
    expect(taken).toBe(321);
    const cart = await visitor.json<{ cart_level_discount_applications: { title: string }[] }>('/cart.js');
    expect(cart.cart_level_discount_applications.map(({ title }) => title)).toEqual([code]);
  });

  it('leaves the margin of a cost that has just changed', async () => {
    await margins(0, 0);
    const [code] = await desk.issue({ type: 'percentage', basisPoints: 9_000, ...off }, { uses: null });
    await desk.publish();
    expect((await cartWith(turned, code!)).off).toBe(Math.floor((priceOf(turned) * 9_000 + 5_000) / 10_000));
    const { store: shop } = store.sandbox;
    // A cost alone is told as one of the item, not of the product.
    for (const [share, topic] of [
      [0.6, 'products/update'],
      [0.8, 'inventory_items/update'],
    ] as const) {
      const variants = turned.variants.map((one) => ({ ...one, unitCost: ((minorOf(one) * share) / 100).toFixed(2) }));
      shop.put('products', { ...turned, variants, updatedAt: new Date(shop.now().getTime() + 1_000).toISOString() });
      expect(await tellProduct(store, shopId, shop.products.get(turned.id)!, topic)).toContain('codes.guard-shop');
      await desk.renewGuard();
      expect((await cartWith(turned, code!)).off).toBeLessThanOrEqual(Math.ceil(priceOf(turned) * (1 - share)));
      // What leaves price and cost as they are asks for nothing.
      expect(await tellProduct(store, shopId, shop.products.get(turned.id)!, topic)).not.toContain('codes.guard-shop');
    }
  });

  it('works for its customer alone', async () => {
    const [one, other] = [...store.sandbox.store.customers.values()].filter(({ email }) => email !== null);
    const [code] = await desk.issue(fiveOff, { customerId: one!.id });
    await desk.publish();
    expect((await cartWith(strong, code!)).off).toBe(0);
    expect((await cartWith(strong, code!, other!.email)).off).toBe(0);
    expect((await cartWith(strong, code!, one!.email)).off).toBe(500);
  });

  it('gives a product, shipping, and from a subtotal on', async () => {
    const [gift] = await desk.issue({ type: 'free-product', productId: strong.id, variantId: null, ...off });
    const [least] = await desk.issue({ ...fiveOff, minSubtotalMinor: priceOf(strong) + 1 });
    await desk.publish();
    const bought = await cartWith(strong, gift!, null, 2);
    expect(bought.off).toBe(priceOf(strong));
    expect((await cartWith(strong, least!)).off).toBe(0);
    expect((await cartWith(strong, least!, null, 2)).off).toBe(500);
    const [shipping] = await desk.issue({ type: 'free-shipping', ...off });
    await desk.publish();
    const { visitor } = await cartWith(strong, shipping!);
    const cart = await visitor.json<{ discount_codes: unknown }>('/cart.js');
    expect(cart.discount_codes).toEqual([{ code: shipping, applicable: true }]);
  });

  it('makes no parcel free that costs more than the goods leave above their margin', async () => {
    const [code] = await desk.issue({ type: 'free-shipping', ...off }, { title: 'Parcel', uses: null });
    await margins(0, 0);
    const isFree = async (product: SandboxProduct, quantity = 1) => {
      const { visitor } = await cartWith(product, code!, null, quantity);
      const cart = await visitor.json<{ discount_codes: { applicable: boolean }[] }>('/cart.js');
      return { visitor, free: cart.discount_codes[0]?.applicable };
    };
    const { visitor, free } = await isFree(strong);
    expect(free).toBe(true);
    await visitor.form('/checkout', buyer);
    const order = [...store.sandbox.store.orders.values()].at(-1);
    expect(order.shippingDiscount?.amount).toBe(priceOf(strong) < 6_000 ? '4.90' : undefined);
    // Fewer than leave what a parcel costs, and enough.
    const many = Math.ceil(490 / (priceOf(weak) * 0.0199));
    expect((await isFree(weak, Math.floor(many * 0.9))).free).toBe(false);
    expect((await isFree(weak, many)).free).toBe(true);
    const worst = await store.test.services.db.inShop(shopId, (scope) =>
      worstStack(scope, { minMarginBps: 0, defaultMarginBps: 0 }, { type: 'free-shipping', ...off }),
    );
    expect(worst.notice).toMatch(/ shipping is free as long as it costs no more than (1\.9|2) % of the goods/);
  });

  it('that was withdrawn or is over is taken out of the store', async () => {
    const [code] = await desk.issue(fiveOff, { title: 'Short' });
    await desk.publish();
    const id = (await desk.read())!.source;
    expect(await store.test.services.db.inShop(shopId, (scope) => withdrawCode(scope, id))).toBe('withdrawn');
    await desk.publish();
    expect([...store.sandbox.store.redeemCodes.values()].filter((one) => one.code === code)).toEqual([]);
    expect([...store.sandbox.store.discounts.values()].filter(({ title }) => title === 'Short')).toEqual([]);
    const endsAt = new Date(store.test.services.clock.now().getTime() - 3_600_000);
    await desk.issue(fiveOff, { title: 'Over', startsAt: new Date(endsAt.getTime() - 1_000), endsAt });
    await desk.sweep();
    expect((await desk.read())?.state).toBe('expired');
  });
});

it('many codes become a run with progress, in few discounts; what is somebody else’s is refused and shown', async () => {
  const before = [...store.sandbox.store.discounts.values()].length;
  const codes = await desk.issue(fiveOff, { title: 'Many' }, 1_100);
  await desk.publish();
  const [run] = await store.test.services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'codes' }));
  await desk.run(run!.id);
  expect(await desk.readRun(run!.id)).toMatchObject({ status: 'succeeded', done: 1_100, result: { made: 1_100 } });
  expect([...store.sandbox.store.discounts.values()].length).toBe(before + 1);
  const made = new Set([...store.sandbox.store.redeemCodes.values()].map(({ code }) => code));
  expect(codes.every((code) => made.has(code))).toBe(true);

  // A discount of the merchant's own has the text that a friend's code is to have.
  const taken = { id: 'gid://shopify/DiscountCodeNode/1', kind: 'code-basic', title: 'X', code: 'FRIEND' } as const;
  const head = [...store.sandbox.store.discounts.values()][0]!;
  store.sandbox.store.put('discounts', { ...head, ...taken });
  await desk.issue(fiveOff, { title: 'Friend', text: 'Friend' });
  await desk.publish();
  expect(await desk.read()).toMatchObject({
    state: 'refused',
    refusal: expect.stringContaining('another discount') as string,
  });
  const [failing] = await store.test.services.db.inShop(shopId, (scope) =>
    listRuns(scope, { limit: 1, kind: 'codes' }),
  );
  await expect(desk.run(failing!.id)).rejects.toThrow('could not be made');
  expect(await desk.readRun(failing!.id)).toMatchObject({ status: 'failed' });
  store.sandbox.store.remove('discounts', taken.id);
});

it('a worker that is killed between the store and the note makes no second code', async () => {
  const { services } = store.test;
  const codes = await desk.issue(fiveOff, { title: 'Killed' }, 3);
  await desk.publish();
  // As if the note had never been written: the offer's discount and the codes' states are unknown again.
  await services.db.inShop(shopId, async ({ tx }) => {
    await tx.discountCode.updateMany({
      where: { title: 'Killed' },
      data: { state: 'wanted', todo: 'make', storeId: null },
    });
    await tx.$executeRaw`DELETE FROM discount_code_offer WHERE offer IN (SELECT offer FROM discount_code WHERE title = 'Killed')`;
  });
  const before = [...store.sandbox.store.redeemCodes.keys()].length;
  await desk.publish();
  expect([...store.sandbox.store.redeemCodes.keys()].length).toBe(before);
  expect([...store.sandbox.store.discounts.values()].filter(({ title }) => title === 'Killed')).toHaveLength(1);
  const rows = await services.db.inShop(shopId, ({ tx }) => tx.discountCode.findMany({ where: { title: 'Killed' } }));
  expect(rows.map(({ state }) => state)).toEqual(codes.map(() => 'open'));
  expect(rows.every(({ storeId }) => storeId !== null)).toBe(true);
});

it('a discount that the merchant deleted is made anew for the codes that follow', async () => {
  const { services } = store.test;
  await desk.issue(fiveOff, { title: 'Deleted' });
  await desk.publish();
  const made = [...store.sandbox.store.discounts.values()].find(({ title }) => title === 'Deleted')!;
  store.sandbox.store.remove('discounts', made.id);
  await desk.issue(fiveOff, { title: 'Deleted' });
  await desk.publish();
  expect((await desk.read())?.state).toBe('refused');
  const [run] = await services.db.inShop(shopId, (scope) => listRuns(scope, { limit: 1, kind: 'codes' }));
  await desk.run(run!.id);
  expect((await desk.read())?.state).toBe('open');
});
