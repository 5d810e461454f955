import { randomUUID } from 'node:crypto';
import { createBundle } from '#app/domains/bundles/index.ts';
import type { ArmChange, SplitTestResult } from '#app/domains/experiments/index.ts';
import { changeExperiment, saveExperiment } from '#app/flows/change-experiment.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { form, valueOf } from '#tests/integration/bundles/shop.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore } from '#tests/setup/shopify.ts';
import { halves, publishNow } from './published-tests.ts';

type Value = NonNullable<ArmChange['values']>[number];
export type PriceTests = Awaited<ReturnType<typeof openPriceTests>>;

export const percent = (basisPoints: number) => ({ type: 'percentage' as const, basisPoints });
export const oneOfEach = (products: readonly string[]) =>
  products.map((productId) => ({ productId, variantId: null, quantity: 1 }));

/** A store that sells `sold` products with room for a discount, and what a merchant does with price tests there. */
export async function openPriceTests(sold = 2) {
  const store = await startTestStore();
  const { shopId } = await installedStore(store);
  const products = [...store.sandbox.store.products.values()]
    .filter((one) => !one.isGiftCard)
    .slice(0, sold)
    .map(({ id }) => id);
  await seedProducts(
    store.test.database,
    shopId,
    products.map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 2000, costMinor: 500 }] })),
  );
  const { services } = store.test;
  const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => services.db.inShop(shopId, work);
  const bundleOf = async (ids: readonly string[]): Promise<BundleId> => {
    const values = form({ title: ids.join(), items: oneOfEach(ids) });
    const made = await inShop((scope) => createBundle(scope, values, { now: new Date(), newId: randomUUID }));
    return valueOf(made).id;
  };
  return {
    store,
    services,
    shopId,
    products,
    inShop,
    bundleOf,
    /** No test, and no bundle but one of all products. */
    async beginAnew(): Promise<BundleId> {
      await inShop(async ({ tx }) => {
        await tx.splitTest.deleteMany({});
        await tx.bundle.updateMany({ data: { deletedAt: new Date() } });
      });
      return bundleOf(products);
    },
    /** A test of a bundle's price against others, by its id; not started. */
    async draft(subject: string, ...values: Value[]): Promise<string> {
      const input = halves('Price of the set', { type: 'price', id: subject }, { values });
      const saved = await saveExperiment(services, shopId, null, input);
      if (!saved.ok) throw new Error(JSON.stringify(saved));
      return saved.value.id;
    },
    change: (id: string, intent: 'start' | 'stop' | 'apply' | 'delete', shop = shopId): Promise<SplitTestResult> =>
      changeExperiment(services, shop, id, { intent, arm: 'b' }),
    publish: (using = services): Promise<void> => publishNow(using, shopId),
  };
}
