import {
  type CodeBatch,
  nextToMake,
  nextToRemove,
  noteMade,
  noteRefused,
  noteRemoved,
} from '#app/domains/codes/index.ts';
import type { StackMatrix } from '#app/domains/incentives/index.ts';
import type { Services } from '#app/infra/services.ts';
import { CompanionAbsent, PlatformRefusal } from '#app/platforms/platform.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { withShopLock } from '../shop-lock.ts';
import { followMatrix, publicationOf } from './follow-matrix.ts';
import { writeCodeGuard } from './write-code-guard.ts';
import { leaveToOwnCodes } from './leave-to-codes.ts';

/** What was done, and the sentence of the last refusal. */
export interface Published {
  readonly made: number;
  readonly removed: number;
  readonly refused: number;
  readonly refusal: string | null;
}

const nothing: Published = { made: 0, removed: 0, refused: 0, refusal: null };

/**
 * Takes out of the store what is over and makes what was issued, batch by batch; each is noted when the store has
 * answered, so that a stop in between repeats one batch, which finds what it has made. Null while another worker does it.
 * @param report what was made so far; may throw to stop
 */
export async function bringStoreInLine(
  services: Services,
  connected: ConnectedShop,
  { signal, report = () => Promise.resolve() }: { signal: AbortSignal; report?: (made: number) => Promise<void> },
): Promise<Published | null> {
  const { shop, ref, capabilities } = connected;
  // Without anybody who guards the margin at the checkout codes wait.
  if (shop.status !== 'installed' || capabilities.discountEngine === 'none') return nothing;
  const published = await withShopLock(services, 'codes', ref.shopId, async () => {
    // Who gives a code back has something else for it at once: the store's part of that must not wait for codes to make.
    const removal = await removeCodes(services, connected, signal);
    const made = await makeCodes(services, connected, signal, report);
    if (removal.refusal) throw removal.refusal;
    return { ...made, removed: removal.removed };
  });
  // What it puts into carts by itself it is told of as soon as it can take it.
  if (capabilities.appliesTierCodes && published && published.made + published.removed > 0)
    await enqueueTelling(services, ref.shopId);
  return published;
}

/** What the store refuses to take out keeps it neither from giving up the others nor from making some; it is tried again. */
async function removeCodes(
  services: Services,
  { ref, platform }: ConnectedShop,
  signal: AbortSignal,
): Promise<{ removed: number; refusal: PlatformRefusal | null }> {
  const kept: { readonly code: string; readonly reason: string }[] = [];
  for (let removed = 0; ;) {
    signal.throwIfAborted();
    const passed = kept.map(({ code }) => code);
    const batch = await services.db.inShop(ref.shopId, (scope) =>
      nextToRemove(scope, platform.capabilities.codesAtOnce, passed),
    );
    if (!batch) return { removed, refusal: refusalOf(kept) };
    try {
      const answer = await platform.removeCodes(ref, batch);
      kept.push(...answer.kept);
      const out = batch.codes.filter(({ code }) => answer.kept.every((one) => one.code !== code));
      await services.db.inShop(ref.shopId, (scope) =>
        noteRemoved(scope, { ...batch, codes: out, last: batch.last && answer.kept.length === 0 }),
      );
      removed += out.length;
    } catch (error) {
      if (!(error instanceof PlatformRefusal)) throw error;
      return { removed, refusal: error };
    }
  }
}

function refusalOf(kept: readonly { readonly reason: string }[]): PlatformRefusal | null {
  const [first] = kept;
  if (!first) return null;
  const many = kept.length === 1 ? '' : `${String(kept.length)} codes stay in the store, first `;
  return new PlatformRefusal('CODES_KEPT', `${many}${first.reason}`);
}

async function makeCodes(
  services: Services,
  connected: ConnectedShop,
  signal: AbortSignal,
  report: (made: number) => Promise<void>,
): Promise<Published> {
  const { ref, platform } = connected;
  const matrix = await followMatrix(services, connected, signal);
  const guarded = new Set<'goods' | 'shipping'>();
  const left = new Set<string>();
  for (let done = nothing; ;) {
    signal.throwIfAborted();
    const batch = await services.db.inShop(ref.shopId, (scope) => nextToMake(scope, platform.capabilities.codesAtOnce));
    if (!batch) return done;
    // What a code must leave is there before the first code, and the first for shipping changes it for all others.
    const gives = batch.terms.type === 'free-shipping' ? 'shipping' : 'goods';
    if (!guarded.has(gives)) await writeCodeGuard(services, connected);
    guarded.add(gives);
    // Nor does a parcel of a goal take what it may take: codes of one offer are alike.
    if (!left.has(batch.offer)) await leaveToOwnCodes(services, connected);
    left.add(batch.offer);
    const { made, refused } = await makeBatch(services, connected, batch, matrix);
    done = {
      ...done,
      made: done.made + made,
      refused: done.refused + refused.length,
      refusal: refused[0]?.reason ?? done.refusal,
    };
    await report(done.made + done.refused);
  }
}

type Refused = readonly { readonly code: string; readonly reason: string }[];

async function makeBatch(
  services: Services,
  { shop, ref, platform }: ConnectedShop,
  batch: CodeBatch,
  matrix: StackMatrix,
): Promise<{ made: number; refused: Refused }> {
  const refuseAll = (reason: string) => batch.codes.map((code) => ({ code, reason }));
  const publication = publicationOf(shop, batch, matrix);
  const answer =
    publication === null
      ? { storeId: batch.storeId, made: [], refused: refuseAll('It names more products than a checkout can look at.') }
      : await platform.publishCodes(ref, publication).catch((error: unknown) => {
          // The store’s plugin will be back; any other refusal stays one.
          if (!(error instanceof PlatformRefusal) || error instanceof CompanionAbsent) throw error;
          // Its discount may be gone from the store: the next try makes it anew.
          return { storeId: null, made: [], refused: refuseAll(error.message) };
        });
  await services.db.inShop(ref.shopId, async (scope) => {
    await noteMade(scope, batch.offer, answer.storeId, answer.made);
    await noteRefused(scope, answer.refused);
  });
  return { made: answer.made.length, refused: answer.refused };
}
