import { randomUUID } from 'node:crypto';
import { addRun } from '#app/domains/activity/index.ts';
import { decodeDiscountConfigs, type PriceTests } from '#app/domains/incentives/index.ts';
import type { ArmChange, TestSubject } from '#app/domains/experiments/index.ts';
import publishBundles from '#app/flows/publish-bundles.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformUnavailable } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { TestStore } from '#tests/setup/shopify.ts';

/** What the checkout knows: the tests in the discount's configuration as it stands in the store. */
export function atCheckout(store: TestStore): PriceTests['tests'] {
  const shards = [...store.sandbox.store.metafields.values()].filter((one) => /^config(-\d)?$/.test(one.key));
  return decodeDiscountConfigs(shards.map((one) => one.value))?.priceTests.tests ?? [];
}
/** What the pages know of it. */
export function onPages(store: TestStore): { tests: unknown[]; versions: boolean } {
  const all = [...store.sandbox.store.metafields.values()];
  const settings = JSON.parse(all.find((one) => one.key === 'storefront')?.value ?? '{"tests":[]}') as {
    tests: unknown[];
  };
  return {
    tests: settings.tests,
    versions: all.some((one) => one.key === 'bundles' && one.value.includes('armDiscounts')),
  };
}

/** The platform takes what it is told, but the answer of one call is lost on the way. */
export function losing(store: TestStore, call: 'publishDiscount' | 'publishProducts' | 'publishStorefront'): Services {
  const { shopify } = store.test.services.platforms;
  if (!shopify) throw new Error('there is no adapter');
  const real = shopify[call] as (...args: unknown[]) => Promise<unknown>;
  const lost = async (...args: unknown[]): Promise<never> => {
    await real(...args);
    throw new PlatformUnavailable('the answer was lost', 1);
  };
  const platform = { ...shopify, [call]: lost };
  return { ...store.test.services, platforms: { ...store.test.services.platforms, shopify: platform } };
}

/** The form of an experiment of two halves. */
export const halves = (title: string, subject: TestSubject, change: ArmChange) => ({
  title,
  subject,
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change },
  ],
  trafficBps: 10_000,
  layer: '',
  effectBps: 1000,
});

/** Publishes as a worker does, with no try after this one lost. */
export async function publishNow(services: Services, shopId: ShopId): Promise<void> {
  const run = await services.db.inShop(shopId, (scope) =>
    addRun(scope, { id: randomUUID(), kind: 'publish-bundles', now: new Date() }),
  );
  await publishBundles(
    { shopId, runId: run.id },
    { services, attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );
}

/** Stores the draft of a price test past the form. */
export async function insertDraft(
  scope: ShopScope,
  subject: string,
  value: NonNullable<ArmChange['values']>[number],
): Promise<string> {
  const id = randomUUID();
  const { arms } = halves('T', { type: 'price', id: subject }, { values: [value] });
  await scope.tx.splitTest.create({
    data: {
      ...{ shopId: scope.shopId, id, title: 'T', subjectType: 'price', subjectId: subject, arms, trafficBps: 10_000 },
      ...{ layer: '', effectBps: 1000, salt: 's', createdAt: new Date(), updatedAt: new Date() },
    },
  });
  return id;
}
