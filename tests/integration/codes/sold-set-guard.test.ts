import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBundle, getAnyBundle, updateBundle } from '#app/domains/bundles/index.ts';
import { decodeCodeGuard } from '#app/domains/codes/index.ts';
import { saveChoice } from '#app/domains/deliveries/index.ts';
import { matrixOf } from '#app/domains/incentives/index.ts';
import { mergePlatformState } from '#app/domains/shops/index.ts';
import renewCodeGuard from '#app/flows/codes/renew-code-guard.ts';
import deliver from '#app/flows/native-bundles.ts';
import { changeMerchantSettings } from '#app/flows/start-runs.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { type Platform, PlatformUnavailable } from '#app/platforms/platform.ts';
import type { BundleId, ShopId } from '#app/shared/ids.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const [sold, domain] = ['99', 'sold-sets.myshopify.com'];
let test: TestServices;
let shopId: ShopId;
let id: string;
let guard = '';
let isAway = false;

/** A store that makes sets a product, and whose checkout is sometimes away. */
function store(platform: Platform): Platform {
  return {
    ...platform,
    readBundleSupport: () => Promise.resolve({ mergeLines: true, expandLines: true, bundleProducts: true }),
    publishBundleProduct: () => Promise.resolve({ status: 'ready', productId: sold, variantId: '991' }),
    publishTransform: () => (isAway ? Promise.reject(new PlatformUnavailable('away', 1)) : Promise.resolve()),
    publishCodeGuard(_ref, text) {
      guard = text;
      return Promise.resolve();
    },
  };
}

const set = (basisPoints: number) => ({
  ...{ title: 'Set', kind: 'fixed', pickCount: 0, startsAt: null, endsAt: null, status: 'active' },
  discount: { type: 'percentage', basisPoints },
  items: ['1', '2'].map((productId) => ({ productId, variantId: null, quantity: 1 })),
});

beforeAll(async () => {
  test = await createTestServices({
    platforms: (dependencies) => {
      const { shopify, woocommerce } = createPlatforms(dependencies);
      return { shopify: shopify && store(shopify), woocommerce };
    },
  });
  shopId = await insertShop(test.database, { domain });
  // Of each 25 % can come off.
  await seedProducts(
    test.database,
    shopId,
    ['1', '2'].map((product) => ({
      id: product,
      variants: [{ id: `${product}1`, priceMinor: 1000, costMinor: 750 }],
    })),
  );
  await changeMerchantSettings(test.services, shopId, {
    ...{ minMarginBps: 0, enteredTaxBps: 0, holdoutBps: 0, codeReserveBps: 0 },
    combinesWith: matrixOf(() => true),
  });
  const made = await test.services.db.inShop(shopId, async (scope) => {
    await mergePlatformState(scope, { codeGuard: '' });
    return createBundle(scope, set(2_000), { now: new Date(), newId: randomUUID });
  });
  if (!made.ok) throw new Error(JSON.stringify(made));
  ({ id } = made.value);
  await test.services.db.inShop(shopId, (scope) => saveChoice(scope, id as BundleId, 'native'));
});
afterAll(() => test.close());

const context = () => ({
  services: test.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});
const delivering = () => deliver({ shopId }, context());

/** What may come off the set's product, once whoever guards the codes has looked. */
async function room(): Promise<number | undefined> {
  await renewCodeGuard({ shopId }, context());
  return decodeCodeGuard(guard)?.products.get(sold);
}

async function changed(basisPoints: number): Promise<void> {
  const now = new Date();
  const result = await test.services.db.inShop(shopId, async (scope) => {
    const before = await getAnyBundle(scope, id, now);
    if (!before.ok) throw new Error('no such bundle');
    return updateBundle(scope, id, before.value.bundle.revision, set(basisPoints), { now });
  });
  expect(result).toMatchObject({ ok: true });
}

/** Of 25 % what is left beside a reduced price, of that price. */
const leftOf = (bps: number): number => Math.floor(((2_500 - bps) * 10_000) / (10_000 - bps));

describe('the room for codes of a product that a set is sold as', { shuffle: false }, () => {
  it('is what its price leaves', async () => {
    await delivering();
    expect(await room()).toBe(leftOf(2_000));
  });

  it('stays as small while the store does not take a smaller discount of the set', async () => {
    isAway = true;
    await changed(500);
    expect(await room()).toBe(leftOf(2_000));
    await expect(delivering()).rejects.toThrow('away');
    expect(await room()).toBe(leftOf(2_000));
    isAway = false;
    await delivering();
    expect(decodeCodeGuard(guard)?.products.get(sold)).toBe(leftOf(500));
  });

  it('is smaller from the moment on that a larger one is tried', async () => {
    isAway = true;
    await changed(2_200);
    await expect(delivering()).rejects.toThrow('away');
    await changed(100);
    expect(await room()).toBe(leftOf(2_200));
    isAway = false;
    await delivering();
    expect(await room()).toBe(leftOf(100));
  });
});
