import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { worstStack } from '#app/domains/codes/index.ts';
import {
  askAgain,
  beginWithdrawal,
  findOffer,
  insertOffer,
  lockOffers,
  offerPolicy,
  offerTerms,
  type OfferTerms,
  offerTitle,
  type PersonalOffer,
  savePolicy,
  skipWaiting,
  sizesOf,
  updateOffer,
} from '#app/domains/personal-offers/index.ts';
import { lastChange } from '#app/domains/segments/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { enqueueTelling } from '../access/enqueue.ts';
import { capabilitiesOfShop } from '../connected-shop.ts';
import { refreshBundles } from '../jobs.ts';
import { marginsOfShop } from '../rules-of-shop.ts';
import { enqueueOffers } from './enqueue.ts';
import { codeTermsOf, isForProduct } from './gift-terms.ts';

/** A whole segment may be asked anew, by one statement. */
const saveTimeoutMs = 120_000;

type Needs = Pick<Services, 'db' | 'clock' | 'queue'>;

/** What the margin leaves of each size in the worst cart. */
export interface GuardReading {
  readonly size: number;
  /** share of what is promised, basis points */
  readonly leftBps: number;
  /** why it is less, for the merchant */
  readonly notice: string | null;
}

/** Holds every size of an offer against the cart that can bear least of it. */
export async function guardOffer(scope: ShopScope, terms: OfferTerms): Promise<GuardReading[]> {
  // Whichever product it will be for, the shop's weakest can be it.
  const product = isForProduct(terms) ? null : '';
  const margins = marginsOfShop((await readShop(scope)).settings);
  const readings: GuardReading[] = [];
  for (const size of sizesOf(terms.gift)) {
    const code = codeTermsOf(terms, size, product === '' ? null : product);
    // What takes nothing off leaves the margin alone.
    if (code === null) continue;
    const { leftBps, notice } = await worstStack(scope, margins, code);
    readings.push({ size, leftBps, notice });
  }
  return readings;
}

/**
 * Whether the merchant chose the products that it is for. Of all others some product leaves no room in almost every shop:
 * the form says which, and the checkout takes less off there.
 */
const isForNamed = ({ gift }: OfferTerms): boolean =>
  gift.type === 'free-product' || (gift.type === 'percentage' && gift.on === 'products');

const sentOffer = z.object({ title: offerTitle, terms: offerTerms, revision: z.int().min(0) });

export type SaveFailure = 'invalid' | 'changed' | 'not-found' | 'margin' | 'old-plugin';

const boundNeedsUpdate =
  'The plugin of Trellis in your store is too old for “At most”: it would refuse the codes. Update the plugin, press “Check again” under Settings, and save then; or leave “At most” empty.';

/**
 * Saves an offer; a new one becomes a draft. What customers have already stays as it is. Who is in the comparison changes
 * with the sizes and the share, so that it begins anew where those were changed.
 * @param id null = a new one
 */
export async function saveOffer(
  { db, clock, queue, platforms }: Needs & Pick<Services, 'platforms'>,
  shopId: ShopId,
  id: string | null,
  sent: unknown,
): Promise<Result<{ readonly id: string }, SaveFailure>> {
  const parsed = sentOffer.safeParse(sent);
  if (!parsed.success) return fail('invalid', parsed.error.issues[0]?.message ?? 'Check the form.');
  const { title, terms, revision } = parsed.data;
  const now = clock.now();
  const save = async (scope: ShopScope): Promise<Result<{ readonly id: string }, SaveFailure>> => {
    const bounded = terms.gift.type === 'percentage' && terms.gift.mostMinor !== undefined;
    if (bounded && capabilitiesOfShop({ platforms }, await readShop(scope))?.behind)
      return fail('old-plugin', boundNeedsUpdate);
    const guard = isForNamed(terms) ? await guardOffer(scope, terms) : [];
    if (guard.length > 0 && guard.every(({ leftBps }) => leftBps === 0))
      return fail('margin', guard[0]?.notice ?? 'Nothing of it is left above your lowest margin.');
    if (id === null) {
      const offer = { id: randomUUID(), title, terms, salt: randomBytes(12).toString('hex') };
      await insertOffer(scope, offer, now);
      return ok({ id: offer.id });
    }
    await lockOffers(scope);
    const known = isUuid(id) ? await findOffer(scope, id) : null;
    if (!known) return fail('not-found', 'There is no such offer any more.');
    const changed = comparisonOf(known.terms) !== comparisonOf(terms);
    const whom = JSON.stringify(known.terms.trigger) === JSON.stringify(terms.trigger);
    const since = known.liveFrom ? { liveFrom: now, countsFrom: whom ? known.countsFrom : now } : {};
    const anew = changed ? { ...since, stopped: [] } : {};
    const entered = whom ? {} : { filled: false, cursor: await lastChange(scope) };
    const saved = await updateOffer(scope, { id, revision }, { title, terms, ...anew, ...entered }, now);
    const others = amongOf(known.terms) !== amongOf(terms);
    if (saved && others && (known.status === 'live' || known.status === 'paused')) await askAgain(scope, id, terms);
    return saved ? ok({ id }) : fail('changed', 'Somebody else has changed this offer. Load the page again.');
  };
  const saved = await db.inShop(shopId, save, { timeoutMs: saveTimeoutMs });
  if (saved.ok && terms.gift.type === 'early-access') await publishAccess({ queue }, shopId);
  return saved;
}

/** Product pages and the checkout follow what offers keep for whom they invite. */
async function publishAccess({ queue }: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await queue.enqueue(refreshBundles, { shopId });
  await enqueueTelling({ queue }, shopId);
}

/** The segments that it is only for, in whatever order they were chosen. */
const amongOf = ({ among }: OfferTerms): string => [...new Set(among)].toSorted().join();

/** What the comparison rests on. */
const comparisonOf = (terms: OfferTerms): string =>
  JSON.stringify([terms.trigger, amongOf(terms), terms.gift, terms.holdoutBps, terms.minSubtotalMinor]);

const sentSwitch = z.object({ intent: z.enum(['start', 'pause', 'end', 'take-back']) });

const wanted: Readonly<Record<'start' | 'pause' | 'end' | 'take-back', PersonalOffer['status']>> = {
  start: 'live',
  pause: 'paused',
  end: 'ended',
  'take-back': 'ended',
};

/**
 * Starts an offer, lets it rest, ends it, or ends it and takes back what nobody has used. What happens while it rests
 * does not count.
 */
export async function switchOffer(
  services: Needs,
  shopId: ShopId,
  id: string,
  sent: unknown,
): Promise<Result<null, 'invalid' | 'not-found'>> {
  const parsed = sentSwitch.safeParse(sent);
  if (!parsed.success) return fail('invalid', 'Load the page again.');
  const { intent } = parsed.data;
  const now = services.clock.now();
  const turn = async (scope: ShopScope): Promise<OfferTerms['gift']['type'] | null> => {
    await lockOffers(scope);
    const offer = isUuid(id) ? await findOffer(scope, id) : null;
    if (!offer) return null;
    const begin = intent === 'start' && offer.status !== 'live' ? await beginningOf(scope, offer, now) : {};
    await updateOffer(scope, offer, { status: wanted[intent], ...begin }, now);
    // Whom it is for may have been changed while it was over.
    if (intent === 'start' && offer.status === 'ended') await askAgain(scope, id, offer.terms);
    if (wanted[intent] === 'ended') await skipWaiting(scope, id, now);
    if (intent === 'take-back') await beginWithdrawal(scope, id, now);
    return offer.terms.gift.type;
  };
  const done = await services.db.inShop(shopId, turn, { timeoutMs: saveTimeoutMs });
  if (done === null) return fail('not-found', 'There is no such offer any more.');
  if (done === 'early-access') await publishAccess(services, shopId);
  await enqueueOffers(services, shopId);
  return ok(null);
}

/** An offer that rested goes on with its comparison, any other begins one with all sizes. */
async function beginningOf(scope: ShopScope, { status, liveFrom }: PersonalOffer, now: Date) {
  const cursor = await lastChange(scope);
  return status === 'paused' && liveFrom
    ? { cursor }
    : { cursor, liveFrom: now, countsFrom: now, endReason: null, stopped: [] };
}

/** Saves how many offers one customer gets at most. */
export async function changePolicy({ db }: Needs, shopId: ShopId, sent: unknown): Promise<Result<null, 'invalid'>> {
  const parsed = offerPolicy.safeParse(sent);
  if (!parsed.success) return fail('invalid', 'Enter whole numbers: up to 100 offers, up to 365 days.');
  await db.inShop(shopId, (scope) => savePolicy(scope, parsed.data));
  return ok(null);
}
