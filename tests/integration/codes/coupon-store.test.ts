import { afterAll, beforeAll, expect, it } from 'vitest';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { settleCodes } from '#app/flows/codes/settle-codes.ts';
import { type ConnectedShop, findConnectedShop } from '#app/flows/connected-shop.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { WooProduct } from '#sandbox/woocommerce/model.ts';
import { setStatus } from '#sandbox/woocommerce/orders.ts';
import { changePlugin, readPlugin } from '#sandbox/woocommerce/plugin/state.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { connectedStore, startWooTestStore, type WooTestStore } from '#tests/setup/woocommerce.ts';
import { type CodeDesk, codeDesk, fiveOff, off } from './code-store.ts';

let store: WooTestStore;
let shopId: ShopId;
let desk: CodeDesk;
let connected: ConnectedShop;
let strong: WooProduct;
let weak: WooProduct;

const priceOf = ({ regularPrice, salePrice }: WooProduct): number =>
  Math.round(Number(salePrice || regularPrice) * 100);

beforeAll(async () => {
  store = await startWooTestStore();
  const { services } = store.test;
  shopId = await connectedStore(store);
  desk = codeDesk(store.test, shopId);
  const sold = [...store.woo.store.products.values()].filter(
    (one) =>
      one.type === 'simple' && one.status === 'publish' && priceOf(one) > 1_000 && (one.stockQuantity ?? 99) > 20,
  );
  [strong, weak] = [sold[0]!, sold[1]!];
  await seedProducts(
    store.test.database,
    shopId,
    sold.map((one) => ({
      id: one.id.toString(),
      variants: [
        {
          id: one.id.toString(),
          priceMinor: priceOf(one),
          costMinor: one === weak ? Math.floor(priceOf(one) * 0.98) : 1,
        },
      ],
    })),
  );
  // Without the plugin nobody guards the margin: codes wait.
  await desk.issue(fiveOff);
  await desk.publish();
  expect((await desk.read())?.state).toBe('wanted');
  store.woo.setPlugin('ready');
  await connect(services);
  await desk.publish();
});
afterAll(() => store.close());

async function connect(services: WooTestStore['test']['services']): Promise<void> {
  const before = await findConnectedShop(services, shopId);
  if (!before) throw new Error('not connected');
  await lookForCompanion(services, before, { renew: true });
  connected = (await findConnectedShop(services, shopId))!;
}

const buy = (product: WooProduct, couponCode: string, customerId?: number) =>
  store.woo.placeOrder({
    lines: [{ productId: product.id, variationId: 0, quantity: 1 }],
    email: 'guest@example.com',
    couponCode,
    ...(customerId === undefined ? {} : { customerId }),
  });
const discountOf = (order: ReturnType<typeof buy>): number =>
  order.couponLines.reduce((sum, { discount, discountTax }) => sum + discount + discountTax, 0);

async function mirror(orderId: number): Promise<void> {
  const { services } = store.test;
  const record = await connected.platform.readOne(connected.ref, 'orders', orderId.toString());
  if (record?.resource !== 'orders') throw new Error('no order');
  await services.db.inShop(shopId, async (scope) => {
    await upsertOrders(scope, [record.order]);
    await settleCodes(services, scope, connected, [orderId.toString()]);
  });
}

it('a code waits for the plugin, works once, and again when its order is cancelled', async () => {
  const [code] = await desk.issue(fiveOff);
  await desk.publish();
  expect(await desk.read('1')).toMatchObject({ state: 'open' });
  expect(readPlugin(store.woo.store)?.codeGuard).toMatch(/^1;\d+;/);
  const order = buy(strong, code!);
  expect(discountOf(order)).toBe(500);
  await mirror(order.id);
  expect(await desk.read()).toMatchObject({ state: 'used', used: 1, orderId: order.id.toString() });
  expect(() => buy(strong, code!)).toThrow('usage limit');
  setStatus(store.woo.store, order, order, 'cancelled');
  await mirror(order.id);
  expect(await desk.read()).toMatchObject({ state: 'open', used: 0 });
  expect(discountOf(buy(strong, code!))).toBe(500);
});

it('never takes more off than the margin leaves, and is no code once its guard is gone', async () => {
  const [code] = await desk.issue({ type: 'percentage', basisPoints: 5_000, ...off }, { uses: null });
  await desk.publish();
  expect(discountOf(buy(weak, code!))).toBeLessThanOrEqual(Math.ceil(priceOf(weak) * 0.02));
  expect(discountOf(buy(strong, code!))).toBe(Math.floor((priceOf(strong) * 5_000 + 5_000) / 10_000));
  const { codeGuard = null } = readPlugin(store.woo.store) ?? {};
  changePlugin(store.woo.store, { codeGuard: null });
  // As the plugin says: one that took nothing off would still push other coupons out.
  expect(() => buy(strong, code!)).toThrow('not valid');
  changePlugin(store.woo.store, { codeGuard });
});

it('takes no more off than its bound', async () => {
  const [code] = await desk.issue({ type: 'percentage', basisPoints: 5_000, mostMinor: 321, ...off });
  await desk.publish();
  expect(discountOf(buy(strong, code!))).toBe(321);
});

it('makes no parcel free that costs more than the goods leave above their margin', async () => {
  const [code] = await desk.issue({ type: 'free-shipping', ...off }, { uses: null });
  await desk.publish();
  const units = (product: WooProduct): number => (priceOf(product) >= 6_000 ? 0 : 490);
  const paid = (product: WooProduct) => {
    const order = buy(product, code!);
    const told = order.metaData.find(({ key }) => key === '_trellis_shipping_off')?.value;
    return [order.shippingLine?.total !== 0, told ?? null];
  };
  // Both cost less than what the store sends for nothing.
  expect([units(strong), units(weak)]).toEqual([490, 490]);
  expect(paid(strong)).toEqual([false, '4.90']);
  expect(paid(weak)).toEqual([true, null]);
});

it('works for its customer alone, and is one coupon after a repetition', async () => {
  const [one, other] = [...store.woo.store.customers.values()];
  const [code] = await desk.issue(fiveOff, { customerId: one!.id.toString() });
  await desk.publish();
  expect(() => buy(strong, code!)).toThrow('not valid');
  expect(() => buy(strong, code!, other!.id)).toThrow('not valid');
  expect(discountOf(buy(strong, code!, one!.id))).toBe(500);
  const count = store.woo.store.coupons.size;
  // As if the answer had been lost.
  await store.test.services.db.inShop(shopId, ({ tx }) =>
    tx.discountCode.updateMany({
      where: { shopId, code: code! },
      data: { state: 'wanted', todo: 'make', storeId: null },
    }),
  );
  await desk.publish();
  expect([store.woo.store.coupons.size, (await desk.read())?.state]).toEqual([count, 'open']);
});

it('a hundred codes are made at once, and taken out of the store when they are over', async () => {
  const endsAt = new Date(store.test.services.clock.now().getTime() + 3_600_000);
  await desk.issue(fiveOff, { title: 'Hundred', endsAt }, 101);
  const before = store.woo.store.coupons.size;
  await desk.publish();
  expect(store.woo.store.coupons.size).toBe(before + 101);
  await store.test.services.db.inShop(shopId, ({ tx }) =>
    tx.discountCode.updateMany({ where: { shopId, title: 'Hundred' }, data: { endsAt: new Date(0) } }),
  );
  await desk.sweep();
  await desk.publish();
  expect(store.woo.store.coupons.size).toBe(before);
  expect((await desk.read())?.state).toBe('expired');
});
