import { applyCodes, type CodeEffect, mayCombine } from './codes.ts';
import { type Beside, formBeside, reasonOfReserve } from './beside-codes.ts';
import type { BundleFormation } from './form-bundles.ts';
import type { GoalEffect } from './goals.ts';
import type { Cart, CodeOffer, DiscountClass, IncentiveRules, Offer } from './model.ts';
import type { CartPricing, FormedBundle, Reason } from './outcome.ts';
import { exclusionOf } from './pools.ts';
import { readConversion } from './rate.ts';

export interface Offers {
  readonly bundles: readonly Offer[];
  /** at most five are looked at, as Shopify allows */
  readonly codes: readonly CodeOffer[];
}

const maxCodes = 5;

/** Why a bundle is not on offer at `now`, or null when it is. Without a time every offer counts as live. */
export function dormantReason(
  offer: Pick<Offer, 'startsAt' | 'endsAt'>,
  now: Date | null,
): 'not-started' | 'expired' | null {
  if (!now) return null;
  if (offer.endsAt !== null && Date.parse(offer.endsAt) <= now.getTime()) return 'expired';
  return offer.startsAt !== null && Date.parse(offer.startsAt) > now.getTime() ? 'not-started' : null;
}

interface Alternative {
  /** which of our own discounts stand: by their classes */
  readonly own: readonly DiscountClass[];
  readonly codes: readonly CodeOffer[];
  readonly formation: BundleFormation;
  readonly effect: CodeEffect;
  readonly saving: number;
}

/**
 * A code for products that competes with bundles: it takes off lines that are in none, and bundles were chosen without
 * regard to it. All of them beside it and none were compared, not each choice among them.
 */
function competing(
  { bundles, goals }: BundleFormation,
  codes: readonly CodeOffer[],
  rules: IncentiveRules,
): CodeOffer[] {
  if (bundles.length === 0 || goals.withoutBundles) return [];
  return codes.filter((code) => code.class === 'product' && mayCombine([code], ['product'], rules));
}

/**
 * Prices a cart: of all sets of bundles, goals and codes that the merchant lets stand together, the one that saves
 * the shopper most. Ties keep our own discounts and then the larger set of codes. Ours leave what the store's codes
 * take off, so that both together keep the margin. Never throws on odd carts or offers: what does not fit is left out
 * with a reason.
 * @param now null where no clock exists (the Function); then the caller passes live offers only
 */
export function priceCart(cart: Cart, offers: Offers, rules: IncentiveRules, now: Date | null): CartPricing {
  const dormant = offers.bundles.map((offer) => ({ offer, reason: dormantReason(offer, now) }));
  const live = dormant.filter(({ reason }) => reason === null).map(({ offer }) => offer);
  // Sorted, so that a tie between two sets of codes does not depend on the order in which they were entered.
  const codes = [...offers.codes].sort((a, b) => (a.code < b.code ? -1 : 1)).slice(0, maxCodes);
  const beside = formBeside(cart, live, codes, rules);
  const best = bestAlternative(cart, beside, codes, rules);
  const { formation } = best;
  const competitors = competing(formation, codes, rules);
  const reasons: Reason[] = [
    ...dormant.flatMap(({ offer, reason }) => (reason ? [{ code: reason, subject: offer.id }] : [])),
    ...cart.lines.flatMap((line) => {
      const code = exclusionOf(line, rules);
      return code ? [{ code, subject: line.id }] : [];
    }),
    ...formation.explainAbsence(),
    ...(formation.exact ? [] : [{ code: 'search-bounded' as const, subject: '' }]),
    ...competitors.map(({ code }) => ({ code: 'code-competes' as const, subject: code })),
    ...formation.bundles.flatMap((bundle) => reasonsOfBundle(bundle, best.own.includes('product'))),
    ...reasonsOfGoals(formation.goals, best, cart),
    ...reasonOfReserve(beside, formation),
    ...best.effect.reasons,
    ...codes
      .filter((code) => !best.codes.includes(code))
      .map((code) => ({ code: 'code-not-combinable' as const, subject: code.code })),
  ];
  return summarise(cart, best, formation.exact && competitors.length === 0, reasons);
}

function reasonsOfBundle(bundle: FormedBundle, applied: boolean): Reason[] {
  const subject = bundle.offerId;
  const reasons: Reason[] = [
    applied
      ? { code: 'bundle-applied', subject, minor: bundle.discountMinor }
      : { code: 'used-by-better-offer', subject },
  ];
  if (bundle.guard === 'reduced')
    reasons.push({ code: 'margin-reduced', subject, minor: bundle.wantedMinor - bundle.discountMinor });
  if (bundle.assumed) reasons.push({ code: 'cost-assumed', subject });
  return reasons;
}

function reasonsOfGoals(goals: GoalEffect, { own }: Alternative, cart: Cart): Reason[] {
  const reasons: Reason[] = [];
  const { order, shipping, pushedOut } = goals;
  if (order) {
    const subject = order.offerId;
    if (order.minor > 0 && own.includes('order')) reasons.push({ code: 'goal-applied', subject, minor: order.minor });
    else if (order.minor > 0) reasons.push({ code: 'class-not-combinable', subject });
    if (order.guard !== 'untouched') {
      const code = order.guard === 'refused' ? 'margin-refused' : 'margin-reduced';
      reasons.push({ code, subject, minor: order.wantedMinor - order.minor });
    }
  }
  if (pushedOut !== null) reasons.push({ code: 'class-not-combinable', subject: pushedOut });
  if (shipping && own.includes('shipping')) {
    const code = cart.shippingMinor <= shipping.mostMinor ? 'goal-applied' : 'margin-refused';
    reasons.push({ code, subject: shipping.offerId, minor: cart.shippingMinor });
  }
  for (const { offerId, nextGoal } of goals.progress())
    if (nextGoal) reasons.push({ code: 'goal-next', subject: offerId, minor: nextGoal.missingMinor });
  return reasons;
}

function bundleMinorByLine(cart: Cart, formation: BundleFormation): number[] {
  const byLine = new Map<string, number>();
  for (const bundle of formation.bundles) {
    for (const unit of bundle.units) byLine.set(unit.lineId, (byLine.get(unit.lineId) ?? 0) + unit.discountMinor);
  }
  return cart.lines.map((line) => byLine.get(line.id) ?? 0);
}

/** Every set of some things, the fullest first. */
function subsets<T>(of: readonly T[]): T[][] {
  return Array.from({ length: 2 ** of.length }, (_, set) =>
    of.filter((_, index) => Math.floor((2 ** of.length - 1 - set) / 2 ** index) % 2 === 1),
  );
}

const classes = ['product', 'order', 'shipping'] as const;

/** The classes of our own discounts that the cart earns. */
function ownClasses({ bundles, goals }: BundleFormation): DiscountClass[] {
  return [
    ...(bundles.length > 0 && !goals.withoutBundles ? ['product' as const] : []),
    ...((goals.order?.minor ?? 0) > 0 ? ['order' as const] : []),
    ...(goals.shipping ? ['shipping' as const] : []),
  ];
}

function bestAlternative(
  cart: Cart,
  { alone, reserved, reserveBps, codes: beside, always }: Beside,
  codes: readonly CodeOffer[],
  rules: IncentiveRules,
): Alternative {
  const conversion = readConversion(cart.rate, cart.shopCurrency, cart.currency);
  const known = [...new Set([reserved, alone])].map((formation) => ({
    formation,
    classes: ownClasses(formation),
    bundleMinor: bundleMinorByLine(cart, formation),
  }));
  const none = cart.lines.map(() => 0);
  const codeSets = subsets(codes);
  let best: Alternative | null = null;
  for (const own of subsets(classes)) {
    for (const chosen of codeSets) {
      const keeps = always || chosen.some((code) => beside.includes(code));
      const of = keeps ? known[0] : known.at(-1);
      if (!of || !own.every((one) => of.classes.includes(one)) || !mayCombine(chosen, own, rules)) continue;
      const { formation } = of;
      const off = own.includes('product') ? of.bundleMinor : none;
      const before = {
        bundleMinor: off,
        goalMinor: own.includes('order') ? (formation.goals.order?.minor ?? 0) : 0,
        freeUpTo: own.includes('shipping') ? (formation.goals.shipping?.mostMinor ?? -1) : -1,
        reserveBps: keeps ? reserveBps : 0,
      };
      const effect = applyCodes(cart, chosen, before, rules, conversion);
      const saving = [...off, ...effect.byLine, ...effect.goalByLine].reduce(
        (sum, minor) => sum + minor,
        effect.shippingMinor,
      );
      if (!best || saving > best.saving) best = { own, codes: chosen, formation, effect, saving };
    }
  }
  if (!best) throw new Error('the empty set of codes is always allowed');
  return best;
}

function summarise(
  cart: Cart,
  { own, effect, formation }: Alternative,
  exact: boolean,
  reasons: readonly Reason[],
): CartPricing {
  const bundles = own.includes('product') ? formation.bundles : [];
  const lines = cart.lines.map((line, index) => {
    const units = bundles.flatMap((bundle) =>
      bundle.units
        .filter((unit) => unit.lineId === line.id)
        .map((unit) => ({ ...unit, offerId: bundle.offerId, title: bundle.title })),
    );
    const subtotalMinor = line.unitPriceMinor * line.quantity;
    const bundleMinor = units.reduce((sum, unit) => sum + unit.discountMinor, 0);
    const goalMinor = effect.goalByLine[index] ?? 0;
    const codeMinor = effect.byLine[index] ?? 0;
    return {
      lineId: line.id,
      subtotalMinor,
      bundledQuantity: units.reduce((sum, unit) => sum + unit.quantity, 0),
      bundleMinor,
      goalMinor,
      codeMinor,
      totalMinor: subtotalMinor - bundleMinor - goalMinor - codeMinor,
      bundleTitles: [
        ...new Map(
          units.sort((a, b) => (a.offerId < b.offerId ? -1 : 1)).map((unit) => [unit.offerId, unit.title]),
        ).values(),
      ],
    };
  });
  const sum = (pick: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((total, line) => total + pick(line), 0);
  return {
    currency: cart.currency,
    lines,
    bundles,
    subtotalMinor: sum((line) => line.subtotalMinor),
    bundleMinor: sum((line) => line.bundleMinor),
    goalMinor: sum((line) => line.goalMinor),
    codeMinor: sum((line) => line.codeMinor),
    shippingMinor: cart.shippingMinor,
    shippingDiscountMinor: effect.shippingMinor,
    freeUpToMinor: own.includes('shipping') ? (formation.goals.shipping?.mostMinor ?? null) : null,
    totalMinor: sum((line) => line.totalMinor) + cart.shippingMinor - effect.shippingMinor,
    search: exact ? 'exact' : 'bounded',
    goals: formation.goals.progress(),
    reasons,
  };
}
