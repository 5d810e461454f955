import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import { usualAssumptions } from '#app/domains/referrals/index.ts';
import { changeSettings } from '#app/domains/shops/index.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { loader } from '#app/routes/referrals.programme/route.tsx';
import type { ShopId } from '#app/shared/ids.ts';
import { asMerchant } from '#tests/integration/loyalty/as-merchant.ts';
import { loyalShop, on, plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => on(100) }, platforms: createPlatforms });
});
afterAll(() => made.dispose());

const assumedIn = async (shopId: ShopId) => (await loader(asMerchant(made, shopId, '/referrals/programme'))).assumed;
const [reward] = plainProgramme.rewards;
if (reward?.kind !== 'amount') throw new Error('The usual programme begins with another reward.');
/** 400 points for 5 €, and 800 for less than twice as much. */
const rewards: ProgrammeSettings['rewards'] = [
  { ...reward, id: 'a', minor: 500, cost: 400 },
  { ...reward, id: 'b', minor: 900, cost: 800 },
];

it('a calculation begins with what a point of the shop’s programme is worth at most, without tax', async () => {
  const { shopId } = await loyalShop(made, { rewards });
  expect(await assumedIn(shopId)).toEqual({ ...usualAssumptions, pointCost: 125 });
  await changeSettings(made.services, shopId, { enteredTaxBps: 2_500, defaultMarginBps: 3_000 });
  expect(await assumedIn(shopId)).toEqual({ ...usualAssumptions, pointCost: 100, marginBps: 3_000 });
});

it('and with the usual cost where there is no programme, or nothing to have for points', async () => {
  expect(await assumedIn(await insertShop(made.database, { currency: 'EUR' }))).toEqual(usualAssumptions);
  const { shopId } = await loyalShop(made, { rewards: [] });
  expect(await assumedIn(shopId)).toEqual(usualAssumptions);
});
