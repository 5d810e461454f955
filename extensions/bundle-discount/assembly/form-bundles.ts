import { Candidate, recycle, tierOf, weightOf } from './candidate';
import { CartView } from './cart-view';
import { combine, isExact } from './combine';
import { GoalEffect, goalEffect } from './goals';
import { lineLimitOf } from './line-limit';
import { Matched, matchOffer } from './match';
import { CartLine, Offer, Rules } from './model';
import { splitByWeights } from './money';
import { Pool, poolUnits } from './pools';
import { Conversion } from './rate';
import { keepReserve } from './reserve';
import { Choice } from './search';
import { stableSort } from './sort';
import { compareTexts } from './text';
import { hasWorkLeft, putBack, putHalfAside } from './work';

const none = new StaticArray<f64>(0);

/** Equal bundles: which units they took, by line, and what came off each. */
export class FormedBundle {
  discount: f64 = 0;
  readonly lines: Array<CartLine>;
  readonly quantities: Array<f64>;
  discounts: StaticArray<f64> = none;

  constructor(
    readonly offer: Offer,
    /** equal sets */
    readonly count: f64,
    /** there is room for so many lines at first */
    room: i32,
  ) {
    const lines = new Array<CartLine>(room);
    const quantities = new Array<f64>(room);
    lines.length = 0;
    quantities.length = 0;
    this.lines = lines;
    this.quantities = quantities;
  }
}

export class Formation {
  constructor(
    readonly bundles: Array<FormedBundle>,
    readonly goals: GoalEffect,
    /** what comes off all bundles together */
    readonly minor: f64,
    readonly exact: bool,
    /** all offers and all their combinations were tried as far as the search goes */
    readonly tried: bool,
  ) {}
}

// What the steps of `formBundles` came to: all offers were held against the cart, all of them were combined, none was
// dropped because it would touch too many lines.
let isWhole: bool = false;
let isTried: bool = false;
let isDropped: bool = false;

function byOfferId(a: Matched, b: Matched): i32 {
  return a.offer === b.offer ? 0 : compareTexts(a.offer.id, b.offer.id);
}

/** Forms bundles from the cart's units and says what comes off each line; `lineCount` is that of the whole cart. */
export function formBundles(
  lines: Array<CartLine>,
  lineCount: i32,
  offers: Array<Offer>,
  rules: Rules,
  conversion: Conversion,
  reserveBps: f64,
): Formation {
  const pools = poolUnits(lines, rules, conversion, reserveBps);
  const view = new CartView(pools, conversion);
  let choices = chooseAffordable(matchOffers(offers, view), pools);
  if (reserveBps > 0) choices = keepReserve(choices, pools);
  const bundles = assign(choices, pools, lineCount, lineLimitOf(lines, offers, rules));
  let minor: f64 = 0;
  for (let at = 0; at < bundles.length; at += 1) minor += unchecked(bundles[at]).discount;
  const goals = goalEffect(offers, view, minor, rules, reserveBps);
  return new Formation(bundles, goals, minor, isExact && isWhole && !isDropped, isTried && isWhole);
}

function compareOffers(a: Offer, b: Offer): i32 {
  return compareTexts(a.id, b.id);
}

/** Holds offers against a cart, in the order of their ids, with at most half of the work. */
function matchOffers(offers: Array<Offer>, view: CartView): Array<Matched> {
  const kept = putHalfAside();
  const matched = new Array<Matched>();
  const sorted = offers.slice();
  stableSort<Offer>(sorted, compareOffers);
  for (let at = 0; at < sorted.length && hasWorkLeft(); at += 1) matchOffer(unchecked(sorted[at]), view, matched);
  isWhole = hasWorkLeft();
  putBack(kept);
  return matched;
}

/** How often gifts are refused before the order gets none. */
const giftRounds: i32 = 3;

/** Combines offers, again without the gifts for the whole order that it does not earn. */
function chooseAffordable(matched: Array<Matched>, pools: Array<Pool>): Array<Choice> {
  let round = 0;
  let choices = new Array<Choice>();
  let mayRefuse = true;
  do {
    round += 1;
    mayRefuse = hasGifts(matched);
    // As long as gifts may be refused, half of the work is kept for what comes then.
    const kept: f64 = mayRefuse ? putHalfAside() : 0;
    choices = combine(matched, pools);
    isTried = hasWorkLeft();
    putBack(kept);
    mayRefuse = mayRefuse && refuseDear(choices, pools);
    if (mayRefuse) matched = affordable(matched, choices, round === giftRounds);
  } while (mayRefuse);
  return choices;
}

function hasGifts(matched: Array<Matched>): bool {
  for (let at = 0; at < matched.length; at += 1) if (unchecked(matched[at]).byOrder) return true;
  return false;
}

/** What is left without what is refused, after the last round without any gift; the choices are given back. */
function affordable(matched: Array<Matched>, choices: Array<Choice>, isLast: bool): Array<Matched> {
  for (let at = 0; at < choices.length; at += 1) recycle(unchecked(choices[at]).candidate);
  const left = new Array<Matched>();
  for (let at = 0; at < matched.length; at += 1) {
    const match = unchecked(matched[at]);
    if (isLast ? !match.byOrder : !match.refused) left.push(match);
  }
  return left;
}

/** Off the cart in all, the largest first. */
function compareWorth(a: Choice, b: Choice): i32 {
  const difference = b.candidate.value * b.count - a.candidate.value * a.count;
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

/**
 * Refuses the dearest gifts for the whole order among the choices, as many as cost more than the order earns.
 * @returns whether there were any
 */
function refuseDear(choices: Array<Choice>, pools: Array<Pool>): bool {
  let room: f64 = 0;
  for (let at = 0; at < pools.length; at += 1) {
    const pool = unchecked(pools[at]);
    room += (pool.price - pool.floor) * pool.count;
  }
  const gifts = new Array<Choice>();
  for (let at = 0; at < choices.length; at += 1) {
    const choice = unchecked(choices[at]);
    room -= choice.candidate.value * choice.count;
    if (choice.candidate.matched.byOrder) gifts.push(choice);
  }
  if (room >= 0 || gifts.length === 0) return false;
  stableSort<Choice>(gifts, compareWorth);
  for (let at = 0; at < gifts.length && room < 0; at += 1) {
    const gift = unchecked(gifts[at]);
    room += gift.candidate.value * gift.count;
    gift.candidate.matched.refused = true;
  }
  return true;
}

/** The largest saving first, then by offer id. */
function compareChoices(a: Choice, b: Choice): i32 {
  const difference = b.candidate.value - a.candidate.value;
  if (difference !== 0) return difference > 0 ? 1 : -1;
  return byOfferId(a.candidate.matched, b.candidate.matched);
}

/** How many units of each pool are given away: whole lines, and units of the next one. */
class Cursors {
  readonly line: StaticArray<i32>;
  readonly used: StaticArray<f64>;

  constructor(count: i32) {
    this.line = new StaticArray<i32>(count);
    this.used = new StaticArray<f64>(count);
  }
}

/** Gives the chosen bundles their units, line by line in the order of line ids. */
function assign(choices: Array<Choice>, pools: Array<Pool>, lineCount: i32, lineLimit: i32): Array<FormedBundle> {
  const cursors = new Cursors(pools.length);
  const touched = new StaticArray<bool>(lineCount);
  let touchedCount = 0;
  const bundles = new Array<FormedBundle>();
  const line = new Array<i32>();
  const used = new Array<f64>();
  const fresh = new Array<i32>();
  isDropped = false;
  stableSort<Choice>(choices, compareChoices);
  for (let at = 0; at < choices.length; at += 1) {
    const choice = unchecked(choices[at]);
    const picked = choice.candidate.pools;
    // Only near the limit may there be something to give back.
    const near = <f64>touchedCount + choice.candidate.size * choice.count > lineLimit;
    line.length = 0;
    used.length = 0;
    for (let place = 0; near && place < picked.length; place += 1) {
      line.push(unchecked(cursors.line[unchecked(picked[place])]));
      used.push(unchecked(cursors.used[unchecked(picked[place])]));
    }
    const bundle = new FormedBundle(choice.candidate.matched.offer, choice.count, picked.length);
    const weights = takeUnits(choice, pools, cursors, bundle);
    fresh.length = 0;
    for (let unit = 0; unit < weights.length; unit += 1) {
      const place = unchecked(bundle.lines[unit]).place;
      if (unchecked(weights[unit]) === 0 || unchecked(touched[place])) continue;
      unchecked((touched[place] = true));
      fresh.push(place);
    }
    if (touchedCount + fresh.length > lineLimit) {
      isDropped = true;
      for (let index = 0; index < fresh.length; index += 1) unchecked((touched[unchecked(fresh[index])] = false));
      for (let place = 0; place < picked.length; place += 1) {
        unchecked((cursors.line[unchecked(picked[place])] = unchecked(line[place])));
        unchecked((cursors.used[unchecked(picked[place])] = unchecked(used[place])));
      }
      continue;
    }
    touchedCount += fresh.length;
    bundle.discount = choice.candidate.value * choice.count;
    bundle.discounts = splitByWeights(bundle.discount, weights);
    bundles.push(bundle);
  }
  return bundles;
}

function reducedUnits(candidate: Candidate): f64 {
  let reduced: f64 = 0;
  for (let at = candidate.paid; at < candidate.units.length; at += 1) reduced += unchecked(candidate.units[at]);
  return reduced;
}

const weightsOfLines = new Array<f64>();

/** @returns the part of each taken line in what comes off, 0 for one that pays in full */
function takeUnits(choice: Choice, pools: Array<Pool>, cursors: Cursors, bundle: FormedBundle): Array<f64> {
  const weights = weightsOfLines;
  weights.length = 0;
  const candidate = choice.candidate;
  const tier = tierOf(candidate.matched.tiers, reducedUnits(candidate));
  if (tier === null) return weights;
  for (let at = 0; at < candidate.pools.length; at += 1) {
    const index = unchecked(candidate.pools[at]);
    const pool = unchecked(pools[index]);
    const weight: f64 = at < candidate.paid ? 0 : weightOf(tier.reward, pool.price);
    let need = unchecked(candidate.units[at]) * choice.count;
    while (need > 0 && unchecked(cursors.line[index]) < pool.lines.length) {
      const line = unchecked(pool.lines[unchecked(cursors.line[index])]);
      const used = unchecked(cursors.used[index]);
      const left = line.quantity - used;
      const quantity = need < left ? need : left;
      bundle.lines.push(line);
      bundle.quantities.push(quantity);
      weights.push(weight * quantity);
      need -= quantity;
      unchecked((cursors.used[index] = quantity < left ? used + quantity : 0));
      if (quantity === left) unchecked((cursors.line[index] += 1));
    }
  }
  return weights;
}
