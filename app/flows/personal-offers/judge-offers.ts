import { activeSizes, lockOffers, readOffers, skipWaiting, updateOffer } from '#app/domains/personal-offers/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { measureOffer, sumsTimeoutMs } from './measure.ts';

/** Takes out sizes that earn too little; an offer none of whose sizes pays ends, and its codes stay good. */
const judgeOffers: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const { db, clock } = services;
  for (const { id } of await db.inShop(shopId, (scope) => readOffers(scope, 'live'))) {
    signal.throwIfAborted();
    await db.inShop(
      shopId,
      async (scope) => {
        await lockOffers(scope);
        const offer = (await readOffers(scope, 'live')).find((one) => one.id === id);
        const measured = offer ? await measureOffer(scope, offer, clock.now()) : null;
        // Groups of other sizes than were drawn say nothing about any size.
        if (!offer || !measured || measured.result.status === 'sample-ratio-mismatch') return;
        const now = clock.now();
        const { stop } = measured.sizes;
        if (stop.length === 0) return;
        const stopped = [...offer.stopped, ...stop.map((one) => ({ ...one, at: now.toISOString() }))];
        const over = activeSizes({ ...offer, stopped }).length === 0;
        await updateOffer(scope, offer, { stopped, ...(over ? { status: 'ended', endReason: 'no-gain' } : {}) }, now);
        if (over) await skipWaiting(scope, id, now);
      },
      { timeoutMs: sumsTimeoutMs },
    );
  }
};

export default judgeOffers;
