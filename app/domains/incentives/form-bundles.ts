import { splitByWeights } from '#app/shared/money.ts';
import { type Candidate, dearestCandidate, guardOf, tierOf, weightOf } from './candidates.ts';
import { byOfferId, type Choice, combine } from './combine.ts';
import { type GoalEffect, goalEffect, noGoals } from './goals.ts';
import { type CartView, type Matched, matchOffer, reasonOfNoMatch, viewOf } from './match.ts';
import type { Cart, IncentiveRules, Offer } from './model.ts';
import type { FormedBundle, Reason } from './outcome.ts';
import { lineLimitOf } from './line-limit.ts';
import { type Pool, poolUnits } from './pools.ts';
import { readConversion } from './rate.ts';
import { keepReserve } from './reserve.ts';
import { type LeftToCodes, nothingLeft } from './stacking.ts';
import { unboundedWork, type Work, workForCart } from './work.ts';

export interface BundleFormation {
  readonly bundles: readonly FormedBundle[];
  /** what the whole order earns, given these bundles */
  readonly goals: GoalEffect;
  readonly exact: boolean;
  /** all offers and all their combinations were tried as far as the search goes; false in the very largest carts */
  readonly tried: boolean;
  /** why offers were not formed; worked out on demand, because the Function has no instructions to spare for it */
  readonly explainAbsence: () => Reason[];
}

/**
 * Forms bundles from the cart's units and says what comes off each line. A unit belongs to at most one
 * bundle; gift cards to none; the total saving is the largest possible (see `combine.ts` for the limits).
 * Each set ends at or above the merchant's margin, or is left alone; a gift for the whole order is given only
 * where the whole order stays above it.
 * @param left what discounts of ours leave to the codes of the cart
 * @param work what may still be tried; is counted down
 */
export function formBundles(
  cart: Cart,
  offers: readonly Offer[],
  rules: IncentiveRules,
  left: LeftToCodes = nothingLeft,
  work: Work = workForCart(offers),
): BundleFormation {
  const conversion = readConversion(cart.rate, cart.shopCurrency, cart.currency);
  if (!conversion)
    return {
      bundles: [],
      goals: noGoals,
      exact: true,
      tried: true,
      explainAbsence: () => [{ code: 'rate-unknown', subject: cart.rate }],
    };
  const pools = poolUnits(cart, rules, conversion, left.bps);
  const view = viewOf(pools, conversion);
  const { matched, untried, whole } = matchOffers(offers, view, work);
  const { choices, exact, tried, refused } = chooseAffordable(matched, pools, work);
  const { kept, gone } = left.bps === 0 ? { kept: choices, gone: [] } : keepReserve(choices, pools);
  for (const match of gone) refused.add(match);
  const { bundles, dropped } = assign(kept, pools, lineLimitOf(cart, offers, rules));
  const goals = goalEffect(offers, view, bundles, rules, left);
  return {
    bundles,
    goals,
    exact: exact && whole && dropped.length === 0,
    tried: tried && whole,
    explainAbsence() {
      const formed = new Set(bundles.map((bundle) => bundle.offerId));
      const possible = new Set(matched.map(({ offer }) => offer.id));
      const units = pools.map((pool) => pool.count);
      const alone = new Map<string, boolean>();
      for (const match of matched) {
        match.limit = null;
        const dearest = dearestCandidate(match, units, pools, unboundedWork());
        const refusedAlone = refused.has(match) || (dearest !== null && guardOf(dearest) === 'refused');
        alone.set(match.offer.id, (alone.get(match.offer.id) ?? true) && refusedAlone);
      }
      return [
        ...offers
          .filter((offer) => !possible.has(offer.id))
          .flatMap((offer): Reason[] | Reason =>
            untried.has(offer.id)
              ? { code: 'search-bounded', subject: offer.id }
              : (reasonOfNoMatch(offer, view) ?? []),
          ),
        ...[...alone]
          .filter(([id]) => !formed.has(id))
          .map(([subject, isRefused]): Reason => ({
            code: isRefused ? 'margin-refused' : 'used-by-better-offer',
            subject,
          })),
        ...dropped,
      ];
    },
  };
}

/** Holds offers against a cart, in the order of their ids, with at most half of the work. */
function matchOffers(
  offers: readonly Offer[],
  view: CartView,
  work: Work,
): { matched: Matched[]; untried: ReadonlySet<string>; whole: boolean } {
  const half = Math.floor(work.left / 2);
  const own = { left: work.left - half };
  const matched: Matched[] = [];
  const untried = new Set<string>();
  for (const offer of [...offers].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))) {
    if (own.left <= 0) untried.add(offer.id);
    else matched.push(...matchOffer(offer, view, own));
  }
  work.left = half + Math.max(0, own.left);
  return { matched, untried, whole: own.left > 0 };
}

interface Affordable {
  readonly choices: readonly Choice[];
  readonly exact: boolean;
  readonly tried: boolean;
  /** gifts that the order does not earn */
  readonly refused: Set<Matched>;
}

/** How often gifts are refused before the order gets none. */
const giftRounds = 3;

/** Combines offers, again without the gifts for the whole order that it does not earn. */
function chooseAffordable(matched: readonly Matched[], pools: readonly Pool[], work: Work): Affordable {
  const refused = new Set<Matched>();
  for (let round = 1; ; round += 1) {
    const allowed = matched.filter((match) => !refused.has(match));
    // As long as gifts may be refused, half of the work is kept for what comes then.
    const kept = allowed.some(({ byOrder }) => byOrder) ? Math.floor(work.left / 2) : 0;
    work.left -= kept;
    const { choices, exact } = combine(allowed, pools, work);
    const tried = work.left > 0;
    work.left = kept + Math.max(0, work.left);
    const dear = dearGifts(choices, pools);
    if (dear.length === 0) return { choices, exact, tried, refused };
    for (const gift of round < giftRounds ? dear : allowed.filter(({ byOrder }) => byOrder)) refused.add(gift);
  }
}

/** The dearest gifts for the whole order among the choices, as many as cost more than the order earns. */
function dearGifts(choices: readonly Choice[], pools: readonly Pool[]): Matched[] {
  const gifts = choices.filter(({ candidate }) => candidate.matched.byOrder);
  if (gifts.length === 0) return [];
  let room = 0;
  for (const pool of pools) room += (pool.price - pool.floor) * pool.count;
  for (const { candidate, count } of choices) room -= candidate.value * count;
  const dear: Matched[] = [];
  for (const { candidate, count } of [...gifts].sort(
    (a, b) => b.candidate.value * b.count - a.candidate.value * a.count,
  )) {
    if (room >= 0) break;
    room += candidate.value * count;
    dear.push(candidate.matched);
  }
  return dear;
}

/** How many units of each pool are given away: whole lines, and units of the next one. */
interface Cursors {
  readonly line: number[];
  readonly used: number[];
}

/** Gives the chosen bundles their units, line by line in the order of line ids, the largest saving first. */
function assign(
  choices: readonly Choice[],
  pools: readonly Pool[],
  lineLimit: number,
): { bundles: FormedBundle[]; dropped: Reason[] } {
  const cursors: Cursors = { line: pools.map(() => 0), used: pools.map(() => 0) };
  const touched = new Set<string>();
  const bundles: FormedBundle[] = [];
  const dropped: Reason[] = [];
  const order = [...choices].sort(
    (a, b) => b.candidate.value - a.candidate.value || byOfferId(a.candidate.matched, b.candidate.matched),
  );
  for (const choice of order) {
    const { pools: picked } = choice.candidate;
    // Only near the limit may there be something to give back.
    const near = touched.size + choice.candidate.size * choice.count > lineLimit;
    const line = near ? picked.map((pool) => cursors.line[pool] ?? 0) : [];
    const used = near ? picked.map((pool) => cursors.used[pool] ?? 0) : [];
    const units = takeUnits(choice, pools, cursors);
    const fresh: string[] = [];
    for (const { lineId, weight } of units) {
      if (weight === 0 || touched.has(lineId)) continue;
      touched.add(lineId);
      fresh.push(lineId);
    }
    if (touched.size > lineLimit) {
      for (const id of fresh) touched.delete(id);
      picked.forEach((pool, at) => {
        cursors.line[pool] = line[at] ?? 0;
        cursors.used[pool] = used[at] ?? 0;
      });
      dropped.push({ code: 'line-limit', subject: choice.candidate.matched.offer.id });
      continue;
    }
    bundles.push(toFormed(choice.candidate, choice.count, units, pools));
  }
  return { bundles, dropped };
}

interface TakenUnits {
  readonly lineId: string;
  readonly quantity: number;
  /** part of one unit in what comes off, 0 for one that pays in full */
  readonly weight: number;
}

function takeUnits({ candidate, count }: Choice, pools: readonly Pool[], cursors: Cursors): TakenUnits[] {
  const taken: TakenUnits[] = [];
  const { matched, pools: picked, units, paid } = candidate;
  let reduced = 0;
  for (let at = paid; at < units.length; at += 1) reduced += units[at] ?? 0;
  const reward = tierOf(matched.tiers, reduced)?.reward;
  for (let at = 0; at < picked.length; at += 1) {
    const index = picked[at] ?? 0;
    const pool = pools[index];
    if (!pool || !reward) throw new Error('a choice of nothing');
    const weight = at < paid ? 0 : weightOf(reward, pool.price);
    let need = (units[at] ?? 0) * count;
    while (need > 0) {
      const line = pool.lines[cursors.line[index] ?? 0];
      if (!line) throw new Error('more units chosen than the cart holds');
      const used = cursors.used[index] ?? 0;
      const left = line.quantity - used;
      const quantity = need < left ? need : left;
      taken.push({ lineId: line.id, quantity, weight });
      need -= quantity;
      cursors.used[index] = quantity < left ? used + quantity : 0;
      if (quantity === left) cursors.line[index] = (cursors.line[index] ?? 0) + 1;
    }
  }
  return taken;
}

function toFormed(
  candidate: Candidate,
  count: number,
  units: readonly TakenUnits[],
  pools: readonly Pool[],
): FormedBundle {
  const discountMinor = candidate.value * count;
  const weights: number[] = [];
  for (const { weight, quantity } of units) weights.push(weight * quantity);
  const shares = splitByWeights(discountMinor, weights);
  const { offer } = candidate.matched;
  return {
    offerId: offer.id,
    title: offer.title,
    count,
    units: units.map(({ lineId, quantity }, index) => ({ lineId, quantity, discountMinor: shares[index] ?? 0 })),
    priceMinor: candidate.price * count,
    wantedMinor: candidate.wanted * count,
    discountMinor,
    guard: guardOf(candidate),
    assumed: candidate.pools.some((pool) => pools[pool]?.assumed === true),
  };
}
