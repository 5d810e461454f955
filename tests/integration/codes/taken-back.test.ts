import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCode, withdrawCode } from '#app/domains/codes/index.ts';
import { readBalances } from '#app/domains/ledger/index.ts';
import { pointsOf } from '#app/domains/loyalty/index.ts';
import { saveReconciledUntil } from '#app/domains/shops/index.ts';
import { bringStoreInLine } from '#app/flows/codes/bring-store-in-line.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { cancelReward } from '#app/flows/loyalty/shopper.ts';
import reconcileShop from '#app/flows/reconcile-shop.ts';
import { startReconciliation } from '#app/flows/start-runs.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { type CodesPublication, type CodesRemoval, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { SandboxProduct } from '#sandbox/shopify/model.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { seedLoyalty } from '#tests/integration/tenants/loyalty-cases.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import {
  buildCodeFunction,
  buyer,
  cartAt,
  type CodeDesk,
  codeDesk,
  fiveOff,
  priceOf,
  sellableIn,
  tellOrder,
} from './code-store.ts';

let store: TestStore;
let shopId: ShopId;
let desk: CodeDesk;
/** everything may come off it */
let strong: SandboxProduct;

beforeAll(async () => {
  await buildCodeFunction();
  store = await startTestStore({ size: { products: 40, customers: 40, orders: 40, days: 60 } });
  ({ shopId } = await installedStore(store));
  desk = codeDesk(store.test, shopId);
  strong = sellableIn(store)[0]!;
  const variants = strong.variants.map(({ id }) => ({ id, priceMinor: priceOf(strong), costMinor: 1 }));
  await seedProducts(store.test.database, shopId, [{ id: strong.id, variants }]);
});
afterAll(() => store.close());

describe('what is taken back', () => {
  /** The store's adapter, with what it was asked for; the first call of `failing` is refused. */
  async function watched(failing: 'removeCodes' | null) {
    const connected = await findConnectedShop(store.test.services, shopId);
    if (!connected) throw new Error('not connected');
    const { platform } = connected;
    const asked: string[] = [];
    const watch =
      <Asked, Answer>(name: string, call: (ref: ShopRef, what: Asked) => Promise<Answer>) =>
      async (ref: ShopRef, what: Asked): Promise<Answer> => {
        asked.push(name);
        if (name === failing) throw new PlatformRefusal('NO', 'The store says no.');
        return call(ref, what);
      };
    const watching = {
      ...platform,
      removeCodes: watch('removeCodes', (ref, what: CodesRemoval) => platform.removeCodes(ref, what)),
      publishCodes: watch('publishCodes', (ref, what: CodesPublication) => platform.publishCodes(ref, what)),
    };
    return { connected: { ...connected, platform: watching }, asked };
  }
  const signal = new AbortController().signal;

  it('leaves the store before others are made, and a refusal there keeps none from being made', async () => {
    await desk.issue(fiveOff, { title: 'Back' });
    await desk.publish();
    const { source } = (await desk.read())!;
    await store.test.services.db.inShop(shopId, (scope) => withdrawCode(scope, source));
    await desk.issue(fiveOff, { title: 'New' });
    const refused = await watched('removeCodes');
    await expect(bringStoreInLine(store.test.services, refused.connected, { signal })).rejects.toThrow('says no');
    expect(refused.asked).toEqual(['removeCodes', 'publishCodes']);
    expect((await desk.read())?.state).toBe('open');
    await desk.issue(fiveOff, { title: 'Newer' });
    const well = await watched(null);
    expect(await bringStoreInLine(store.test.services, well.connected, { signal })).toMatchObject({
      made: 1,
      removed: 1,
      refused: 0,
    });
    expect(well.asked).toEqual(['removeCodes', 'publishCodes']);
  });

  it('holds up no other where the store keeps it, and is asked for again', async () => {
    const { services } = store.test;
    const issued: { code: string; source: Parameters<typeof withdrawCode>[1] }[] = [];
    for (const title of ['Kept', 'Given up']) {
      await desk.issue(fiveOff, { title });
      await desk.publish();
      issued.push((await desk.read())!);
    }
    for (const { source } of issued) await services.db.inShop(shopId, (scope) => withdrawCode(scope, source));
    const [kept, out] = issued.map(({ code }) => code);
    const { connected } = await watched(null);
    const asked: string[] = [];
    const platform = {
      ...connected.platform,
      capabilities: { ...connected.platform.capabilities, codesAtOnce: 1 },
      removeCodes: async (ref: ShopRef, what: CodesRemoval) => {
        asked.push(...what.codes.map(({ code }) => code));
        if (what.codes.some(({ code }) => code === kept)) return { kept: [{ code: kept!, reason: 'It is locked.' }] };
        return connected.platform.removeCodes(ref, what);
      },
    };
    const again = () => bringStoreInLine(services, { ...connected, platform }, { signal });
    await expect(again()).rejects.toThrow('It is locked.');
    expect(asked.toSorted()).toEqual([kept, out].toSorted());
    asked.length = 0;
    await expect(again()).rejects.toThrow('It is locked.');
    expect(asked).toEqual([kept]);
    expect(await bringStoreInLine(services, connected, { signal })).toMatchObject({ removed: 1 });
  });

  it('and is used all the same costs its points again, by the order’s own message, until it is cancelled', async () => {
    const { services } = store.test;
    const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => services.db.inShop(shopId, work);
    const customer = [...store.sandbox.store.customers.values()].find(({ email }) => email !== null)!;
    const id = await inShop((scope) => seedLoyalty(scope, customer.id, 'points', services.clock.now()));
    const available = () => inShop(async (scope) => (await readBalances(scope, pointsOf(customer.id))).available);
    const spent = await available();
    await desk.publish();
    const code = (await inShop((scope) => readCode(scope, { kind: 'loyalty-reward', id, purpose: '' })))!;
    expect(code.state).toBe('open');
    const { visitor, off: taken } = await cartAt(store.sandbox.url, strong, { code: code.code, login: customer.email });
    expect(taken).toBeGreaterThan(0);
    // In another tab, while the checkout is open; the store has not heard of it yet.
    expect(await cancelReward(services, shopId, { customerId: customer.id, redemptionId: id })).toMatchObject({
      ok: true,
    });
    expect(await available()).toBe(500);
    expect((await visitor.form('/checkout', { ...buyer, email: customer.email! })).status).toBe(303);
    const order = [...store.sandbox.store.orders.values()].at(-1);
    await tellOrder(store, shopId, order);
    await tellOrder(store, shopId, order);
    expect(await available()).toBe(spent);
    const at = new Date().toISOString();
    await tellOrder(store, shopId, { ...order, cancelledAt: at, updatedAt: at });
    expect(await available()).toBe(500);
    await desk.publish();
    expect((await cartAt(store.sandbox.url, strong, { code: code.code, login: customer.email })).off).toBe(0);
  });

  it('follows an order that no message told of, and one that was deleted without a word', async () => {
    const { services } = store.test;
    const [code] = await desk.issue(fiveOff, { title: 'Silent' });
    await desk.publish();
    const { visitor } = await cartAt(store.sandbox.url, strong, { code: code! });
    await visitor.form('/checkout', buyer);
    const order = [...store.sandbox.store.orders.values()].at(-1);
    const reconcile = async (values: Partial<Services> = {}) => {
      const run = await startReconciliation(services, shopId);
      const context = { services: { ...services, ...values }, attempt: 1, lastAttempt: true, signal };
      await reconcileShop({ shopId, runId: run.id }, context);
    };
    const since = new Date(Date.now() - 3_600_000);
    await services.db.inShop(shopId, (scope) => saveReconciledUntil(scope, 'orders', since));
    await reconcile();
    expect(await desk.read()).toMatchObject({ state: 'used', used: 1, orderId: order.id });
    store.sandbox.store.remove('orders', order.id);
    await reconcile({ clock: { now: () => new Date(Date.now() + 48 * 3_600_000) } });
    expect(await desk.read()).toMatchObject({ state: 'used', used: 0, orderId: null });
  });
});
