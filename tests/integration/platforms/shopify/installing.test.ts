import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRuns } from '#app/domains/activity/index.ts';
import { authenticateMerchant } from '#app/flows/authenticate-merchant.ts';
import type { Services } from '#app/infra/services.ts';
import { createShopAccess } from '#app/platforms/shopify/auth/access-tokens.ts';
import { visit } from '#tests/setup/installed-store.ts';
import { startTestStore, testDomain, type TestStore } from '#tests/setup/shopify.ts';

let store: TestStore;

beforeEach(async () => {
  store = await startTestStore();
});
afterEach(() => store.close());

const comeIn = (services: Services) =>
  authenticateMerchant(
    services,
    new Request(`${store.appUrl}/`, { headers: { authorization: `Bearer ${store.sessionToken()}` } }),
  );
const imports = async (services: Services) => {
  const shop = await services.db.asSystem(({ tx }) => tx.shop.findFirst({ where: { domain: testDomain } }));
  if (!shop) return null;
  return services.db.inShop(shop.id as Parameters<typeof services.db.inShop>[0], (scope) =>
    listRuns(scope, { limit: 9, kind: 'import' }),
  );
};

/** The services of a process that dies when it comes to its `nth` transaction. */
function dying(services: Services, nth: number): Services {
  let transactions = 0;
  const counted = <Work extends (...call: never[]) => Promise<unknown>>(work: Work): Work =>
    ((...call: Parameters<Work>) => {
      transactions += 1;
      return transactions >= nth ? Promise.reject(new Error('killed')) : work(...call);
    }) as Work;
  const { db } = services;
  return { ...services, db: { ...db, inShop: counted(db.inShop), asSystem: counted(db.asSystem) } };
}

test.each([1, 2, 3, 4, 5])(
  'a process that dies at transaction %i of an installation: the next visit ends it',
  async (nth) => {
    const { services } = store.test;
    await comeIn(dying(services, nth)).catch(() => undefined);
    const shopId = await visit(store);
    expect(await imports(services)).toHaveLength(1);
    expect(await createShopAccess(services).read({ shopId, domain: testDomain })).not.toBe('');
    expect(await services.db.inShop(shopId, ({ tx }) => tx.experiment.count())).toBe(1);
  },
);

test('eight first visits at once make one shop with one import and a token that works', async () => {
  const { services } = store.test;
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => comeIn(services)));
  expect(new Set(outcomes.map((outcome) => outcome.code))).toEqual(new Set(['authenticated']));
  expect(await imports(services)).toHaveLength(1);
  const shopId = await visit(store);
  const shop = { shopId, domain: testDomain };
  expect(await services.platforms.shopify?.readShop(shop)).toMatchObject({ currency: expect.any(String) as string });
  expect(await services.db.asSystem(({ tx }) => tx.shop.findMany())).toMatchObject([{ status: 'installed' }]);
});
