import { splitByWeights } from '#app/shared/money.ts';
import { type Candidate, dearestCandidate, type Matched, matchOffer } from './candidates.ts';
import { byOfferId, type Choice, combine } from './combine.ts';
import type { BundleOffer, Cart, FormedBundle, IncentiveRules, Reason } from './model.ts';
import { type Pool, poolUnits } from './pools.ts';
import { readConversion } from './rate.ts';

/** Lines of one cart that bundles may touch, so that the Function's output stays under its 20 kB. */
export const maxBundledLines = 100;

export interface BundleFormation {
  readonly bundles: readonly FormedBundle[];
  readonly exact: boolean;
  /** why offers were not formed; worked out on demand, because the Function has no instructions to spare for it */
  readonly explainAbsence: () => Reason[];
}

/**
 * Forms bundles from the cart's units and says what comes off each line. A unit belongs to at most one
 * bundle; gift cards to none; the total saving is the largest possible (see `combine.ts` for the limits).
 * Each set ends at or above the merchant's margin, or is left alone.
 */
export function formBundles(cart: Cart, offers: readonly BundleOffer[], rules: IncentiveRules): BundleFormation {
  const conversion = readConversion(cart.rate, cart.shopCurrency, cart.currency);
  if (!conversion)
    return { bundles: [], exact: true, explainAbsence: () => [{ code: 'rate-unknown', subject: cart.rate }] };
  const pools = poolUnits(cart, rules, conversion);
  const byProduct = new Map<string, number[]>();
  pools.forEach((pool, index) => {
    const known = byProduct.get(pool.productId);
    if (known) known.push(index);
    else byProduct.set(pool.productId, [index]);
  });

  const matched: Matched[] = [];
  const incomplete: BundleOffer[] = [];
  for (const offer of offers) {
    const match = matchOffer(offer, pools, byProduct, conversion);
    if (match) matched.push(match);
    else incomplete.push(offer);
  }
  matched.sort(byOfferId);
  const { choices, exact } = combine(matched, pools);
  const { bundles, dropped } = assign(choices, pools);
  return {
    bundles,
    exact: exact && dropped.length === 0,
    explainAbsence() {
      const formed = new Set(bundles.map((bundle) => bundle.offerId));
      const counts = pools.map((pool) => pool.count);
      return [
        ...incomplete
          .filter((offer) => offer.items.some((item) => byProduct.has(item.productId)))
          .map((offer): Reason => ({ code: 'incomplete', subject: offer.id })),
        ...matched.filter((match) => !formed.has(match.offer.id)).map((match) => reasonOfAbsence(match, counts, pools)),
        ...dropped,
      ];
    },
  };
}

function reasonOfAbsence(matched: Matched, counts: readonly number[], pools: readonly Pool[]): Reason {
  const alone = dearestCandidate(matched, counts, pools);
  return { code: alone?.guard === 'refused' ? 'margin-refused' : 'used-by-better-offer', subject: matched.offer.id };
}

/** Gives the chosen bundles their units, line by line in the order of line ids, the largest saving first. */
function assign(choices: readonly Choice[], pools: readonly Pool[]): { bundles: FormedBundle[]; dropped: Reason[] } {
  const cursors = pools.map(() => ({ line: 0, used: 0 }));
  const touched = new Set<string>();
  const bundles: FormedBundle[] = [];
  const dropped: Reason[] = [];
  const order = [...choices].sort(
    (a, b) => b.candidate.value - a.candidate.value || byOfferId(a.candidate.matched, b.candidate.matched),
  );
  for (const choice of order) {
    const before = choice.candidate.parts.map(([pool]) => ({
      pool,
      line: cursors[pool]?.line ?? 0,
      used: cursors[pool]?.used ?? 0,
    }));
    const units = takeUnits(choice, pools, cursors);
    const fresh = units.filter((unit) => !touched.has(unit.lineId)).length;
    if (touched.size + fresh > maxBundledLines) {
      for (const { pool, line, used } of before) cursors[pool] = { line, used };
      dropped.push({ code: 'line-limit', subject: choice.candidate.matched.offer.id });
      continue;
    }
    for (const unit of units) touched.add(unit.lineId);
    bundles.push(toFormed(choice.candidate, choice.count, units, pools));
  }
  return { bundles, dropped };
}

interface TakenUnits {
  readonly lineId: string;
  readonly quantity: number;
  readonly price: number;
}

function takeUnits(choice: Choice, pools: readonly Pool[], cursors: { line: number; used: number }[]): TakenUnits[] {
  const taken: TakenUnits[] = [];
  for (const [index, units] of choice.candidate.parts) {
    const pool = pools[index];
    const cursor = cursors[index];
    let need = units * choice.count;
    while (need > 0) {
      const line = pool?.lines[cursor?.line ?? 0];
      if (!pool || !cursor || !line) throw new Error('more units chosen than the cart holds');
      const quantity = Math.min(need, line.quantity - cursor.used);
      taken.push({ lineId: line.id, quantity, price: pool.price });
      need -= quantity;
      cursor.used += quantity;
      if (cursor.used === line.quantity) {
        cursor.line += 1;
        cursor.used = 0;
      }
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
  const shares = splitByWeights(
    discountMinor,
    units.map((unit) => unit.price * unit.quantity),
  );
  return {
    offerId: candidate.matched.offer.id,
    title: candidate.matched.offer.title,
    count,
    units: units.map(({ lineId, quantity }, index) => ({ lineId, quantity, discountMinor: shares[index] ?? 0 })),
    priceMinor: candidate.price * count,
    wantedMinor: candidate.wanted * count,
    discountMinor,
    guard: candidate.guard,
    assumed: candidate.parts.some(([pool]) => pools[pool]?.assumed === true),
  };
}
