import { withdrawCode } from '#app/domains/codes/index.ts';
import { cancelMails } from '#app/domains/notifications/index.ts';
import { noteWithdrawn, readWithdrawing } from '#app/domains/personal-offers/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import { publishCodes } from '../codes/enqueue.ts';
import { sendMails } from '../send-mails-soon.ts';
import { basketOfWaiting, codeKind, decideWaiting } from './decide-waiting.ts';
import { enterAll } from './enter.ts';
import { sumsTimeoutMs } from './measure.ts';
import { mailKind, tellSome } from './tell.ts';

/** Customers of one transaction: short enough that an order does not wait for it. */
const decidedAtOnce = 500;
const withdrawnAtOnce = 100;

/** Everything that is to be done for a shop's offers now; whatever was done before is not done again. */
const giveOffers: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const { db, clock } = services;
  await enterAll(services, shopId, signal);
  const basketMinor = await db.inShop(shopId, (scope) => basketOfWaiting(scope, clock.now()), {
    timeoutMs: sumsTimeoutMs,
  });
  for (let decided = basketMinor > 0 ? decidedAtOnce : 0; decided === decidedAtOnce;) {
    signal.throwIfAborted();
    const page = { limit: decidedAtOnce, basketMinor };
    const done = await db.inShop(shopId, (scope) => decideWaiting(scope, page, clock.now()));
    decided = done.decided;
    if (done.given > 0) {
      await publishCodes(services, shopId);
      await enqueueTelling(services, shopId);
    }
  }
  await withdraw(services, shopId, signal);
  let asked = 0;
  for (let after: string | null | undefined; after !== null;) {
    signal.throwIfAborted();
    const from: string | null = after ?? null;
    const told = await db.inShop(shopId, (scope) => tellSome(services, scope, from, decidedAtOnce));
    asked += told.mails;
    after = told.next;
  }
  if (asked > 0) await sendMails(services, shopId);
};

export default giveOffers;

/** Takes back what the merchant wants back, some at a time; mails that wait are not sent. */
async function withdraw(
  services: Pick<Services, 'db' | 'clock' | 'queue'>,
  shopId: ShopId,
  signal: AbortSignal,
): Promise<void> {
  for (let taken = -1; taken !== 0;) {
    signal.throwIfAborted();
    taken = await services.db.inShop(shopId, async (scope) => {
      const ids = await readWithdrawing(scope, withdrawnAtOnce);
      for (const id of ids) {
        await withdrawCode(scope, { kind: codeKind, id, purpose: '' });
        await cancelMails(scope, { sourceKind: mailKind, sourceId: id }, services.clock.now());
      }
      await noteWithdrawn(scope, ids);
      return ids.length;
    });
    if (taken > 0) {
      await publishCodes(services, shopId);
      await enqueueTelling(services, shopId);
    }
  }
}
