import { randomBytes } from 'node:crypto';
import {
  bringTierCodes,
  giveBirthdayPoints,
  moveAllTiers,
  tellTiers,
  warnOfExpiry,
} from '#app/domains/loyalty/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { sendMails } from '../send-mails-soon.ts';
import { readStoreLanguage } from '../store-language.ts';
import { returnRefusedRewards } from './return-refused.ts';

const membersAtOnce = 1000;

/** Birthdays of the last days, tiers of all members page by page, mails about both; whatever was done before is not done again. */
const runDay: JobHandler<{ shopId: ShopId; tiers: boolean }> = async ({ shopId, tiers }, { services, signal }) => {
  const { db, clock, secrets } = services;
  await returnRefusedRewards(services, shopId);
  await db.inShop(shopId, (scope) => giveBirthdayPoints(secrets, scope, clock.now()));
  for (let after: string | null = tiers ? '' : null; after !== null;) {
    signal.throwIfAborted();
    const page = { after, limit: membersAtOnce };
    after = await db.inShop(shopId, (scope) => moveAllTiers(scope, page, clock.now()));
  }
  const told = await db.inShop(shopId, async (scope) => {
    const { storefrontUrl } = await readShop(scope);
    return (await warnOfExpiry(services, scope, storefrontUrl)) + (await tellTiers(services, scope, storefrontUrl));
  });
  if (told > 0) await sendMails(services, shopId);
  let changed = false;
  for (let after: string | null = ''; after !== null;) {
    signal.throwIfAborted();
    const page = { after, limit: membersAtOnce };
    const brought: Awaited<ReturnType<typeof bringTierCodes>> = await db.inShop(shopId, async (scope) => {
      const language = await readStoreLanguage(scope);
      return bringTierCodes(scope, page, { now: clock.now(), random: randomBytes, language });
    });
    after = brought.next;
    changed ||= brought.changed;
  }
  if (changed) await publishCodes(services, shopId);
  // Points vest and end, and members fall, by time alone.
  await enqueueTelling(services, shopId);
};

export default runDay;
