import { randomBytes, randomUUID } from 'node:crypto';
import type { Run } from '#app/domains/activity/index.ts';
import {
  beginProgramme,
  type Business,
  type DefaultWords,
  defaultProgramme,
  programmeSettings,
  readWorth,
  saveProgramme,
  switchProgramme,
} from '#app/domains/loyalty/index.ts';
import { type Shop, readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { minorUnitDigits } from '#app/shared/money.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import { capabilitiesOfShop } from '../connected-shop.ts';
import { refreshBundles } from '../jobs.ts';
import { storedAmount } from '../rewards-page/names.ts';
import { marginsOfShop } from '../rules-of-shop.ts';
import { startRun } from '../start-run.ts';

type Needs = Pick<Services, 'db' | 'clock'>;

/**
 * A draft that suits the shop, from its margin and its usual order; the programme that there is, where there is one.
 * @param words in the merchant's language
 */
export function beginLoyalty({ db, clock }: Needs, shopId: ShopId, words?: DefaultWords) {
  return db.inShop(shopId, async (scope) => {
    const business = await readBusiness(scope, await readShop(scope), clock.now());
    const settings = defaultProgramme({ ...business, ...(words ? { words } : {}) });
    return beginProgramme(scope, settings, randomBytes(8).toString('hex'), clock.now());
  });
}

async function readBusiness(scope: ShopScope, { currency, moneyFormat, settings }: Shop, now: Date): Promise<Business> {
  const { averageOrderMinor } = await readWorth(scope, { rewards: [] }, now);
  const { minMarginBps, defaultMarginBps } = marginsOfShop(settings);
  return {
    currency,
    digits: minorUnitDigits(currency),
    averageOrderMinor: averageOrderMinor > 0 ? averageOrderMinor : null,
    marginBps: defaultMarginBps,
    minMarginBps,
    write: storedAmount({ currency, moneyFormat }),
  };
}

/** Keeps what the merchant decided; where the programme is live, product pages say it within a minute. */
export async function saveLoyalty(
  { db, clock, queue, platforms }: Needs & Pick<Services, 'queue' | 'platforms'>,
  shopId: ShopId,
  change: { revision: number; settings: unknown },
) {
  const saved = await db.inShop(shopId, async (scope) => {
    const can = capabilitiesOfShop({ platforms }, await readShop(scope));
    const gifts = { 'gift-card': can?.giftCards ?? false, 'store-credit': can?.storeCredit ?? false };
    return saveProgramme(scope, { ...change, gifts }, clock.now());
  });
  if (saved.ok && saved.value.status === 'live') await queue.enqueue(refreshBundles, { shopId });
  return saved;
}

/** Switches the programme on or off, and what product pages say of it. */
export async function switchLoyalty(
  { db, clock, queue }: Needs & Pick<Services, 'queue'>,
  shopId: ShopId,
  on: boolean,
) {
  const switched = await db.inShop(shopId, (scope) => switchProgramme(scope, on, clock.now()));
  if (switched.ok) {
    await queue.enqueue(refreshBundles, { shopId });
    await enqueueTelling({ queue }, shopId);
  }
  return switched;
}

/** What would it have cost? Runs over the orders of the last year. */
export function startSimulation(services: Services, shopId: ShopId) {
  return startRun(services, shopId, 'loyalty-simulation');
}

/** What would it have cost by these settings, which are not saved? Another calculation has to be over. */
export async function trySettings(
  services: Services,
  shopId: ShopId,
  given: unknown,
): Promise<Result<Run, 'invalid' | 'busy'>> {
  const parsed = programmeSettings.safeParse(given);
  if (!parsed.success) return fail('invalid', parsed.error.issues[0]?.message ?? 'Something is not filled in');
  const id = randomUUID();
  const run = await startRun(services, shopId, 'loyalty-simulation', { settings: parsed.data }, id);
  return run.id === id ? ok(run) : fail('busy', 'A calculation is at work. Try again when it is done.');
}
