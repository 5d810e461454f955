import { afterAll, beforeAll, expect, test } from 'vitest';
import { withShopLock, withShopLockSoon } from '#app/flows/shop-lock.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const CONNECTIONS = 6;
let made: TestServices;
let shops: ShopId[];

beforeAll(async () => {
  made = await createTestServices({ env: { DATABASE_POOL: String(CONNECTIONS) } });
  shops = await Promise.all(Array.from({ length: CONNECTIONS }, () => insertShop(made.database)));
});
afterAll(() => made.dispose());

test('locks within locks leave the work its connections, however many shops do the same at once', async () => {
  const { services } = made;
  let waiting = 0;
  const { promise: together, resolve } = Promise.withResolvers<boolean>();
  const inside = (shopId: ShopId) =>
    withShopLock(services, 'inner', shopId, () =>
      services.db.inShop(shopId, ({ tx }) => tx.$queryRaw<{ done: boolean }[]>`SELECT true AS done`),
    );
  const worked = await Promise.all(
    shops.map((shopId) =>
      withShopLock(services, 'outer', shopId, async () => {
        waiting += 1;
        if (waiting === CONNECTIONS) resolve(true);
        await together;
        return inside(shopId);
      }),
    ),
  );
  expect(worked).toEqual(shops.map(() => [{ done: true }]));
});

test('one of two does the work, and the other afterwards if it waits', async () => {
  const { services } = made;
  const [shopId, other] = shops;
  if (!shopId || !other) throw new Error('no shops');
  const done: string[] = [];
  const { promise: second, resolve } = Promise.withResolvers<boolean>();
  const first = withShopLock(services, 'one', shopId, async () => {
    done.push('first');
    await second;
    return 'first';
  });
  await expect.poll(() => done).toEqual(['first']);
  expect(await withShopLock(services, 'one', shopId, () => Promise.resolve('twice'))).toBeNull();
  expect(await withShopLock(services, 'one', other, () => Promise.resolve('another shop'))).toBe('another shop');
  const soon = withShopLockSoon(services, 'one', shopId, 10_000, () => Promise.resolve('second'));
  resolve(true);
  expect(await Promise.all([first, soon])).toEqual(['first', 'second']);
});
