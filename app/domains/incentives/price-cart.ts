import { applyCodes, type CodeEffect, mayCombine } from './codes.ts';
import { type BundleFormation, formBundles } from './form-bundles.ts';
import type { BundleOffer, Cart, CartPricing, CodeOffer, IncentiveRules, Reason } from './model.ts';
import { exclusionOf } from './pools.ts';
import { readConversion } from './rate.ts';

export interface Offers {
  readonly bundles: readonly BundleOffer[];
  /** at most five are looked at, as Shopify allows */
  readonly codes: readonly CodeOffer[];
}

const maxCodes = 5;

/** Why a bundle is not on offer at `now`, or null when it is. Without a time every offer counts as live. */
export function dormantReason(
  offer: Pick<BundleOffer, 'startsAt' | 'endsAt'>,
  now: Date | null,
): 'not-started' | 'expired' | null {
  if (!now) return null;
  if (offer.endsAt !== null && Date.parse(offer.endsAt) <= now.getTime()) return 'expired';
  return offer.startsAt !== null && Date.parse(offer.startsAt) > now.getTime() ? 'not-started' : null;
}

interface Alternative {
  readonly withBundles: boolean;
  readonly codes: readonly CodeOffer[];
  readonly effect: CodeEffect;
  readonly saving: number;
}

/**
 * Prices a cart: of all sets of bundles and codes that the merchant lets stand together, the one that saves
 * the shopper most. Ties keep the bundles and then the larger set of codes. Never throws on odd carts or
 * offers: what does not fit is left out with a reason.
 * @param now null where no clock exists (the Function); then the caller passes live offers only
 */
export function priceCart(cart: Cart, offers: Offers, rules: IncentiveRules, now: Date | null): CartPricing {
  const dormant = offers.bundles.map((offer) => ({ offer, reason: dormantReason(offer, now) }));
  const formation = formBundles(
    cart,
    dormant.filter(({ reason }) => reason === null).map(({ offer }) => offer),
    rules,
  );
  // Sorted, so that a tie between two sets of codes does not depend on the order in which they were entered.
  const codes = [...offers.codes].sort((a, b) => (a.code < b.code ? -1 : 1)).slice(0, maxCodes);
  const best = bestAlternative(cart, formation, codes, rules);

  const reasons: Reason[] = [
    ...dormant.flatMap(({ offer, reason }) => (reason ? [{ code: reason, subject: offer.id }] : [])),
    ...cart.lines.flatMap((line) => {
      const code = exclusionOf(line, rules);
      return code ? [{ code, subject: line.id }] : [];
    }),
    ...formation.explainAbsence(),
    ...(formation.exact ? [] : [{ code: 'search-bounded' as const, subject: '' }]),
    ...formation.bundles.flatMap((bundle): Reason[] => [
      best.withBundles
        ? { code: 'bundle-applied', subject: bundle.offerId, minor: bundle.discountMinor }
        : { code: 'used-by-better-offer', subject: bundle.offerId },
      ...(bundle.guard === 'reduced'
        ? [
            {
              code: 'margin-reduced' as const,
              subject: bundle.offerId,
              minor: bundle.wantedMinor - bundle.discountMinor,
            },
          ]
        : []),
      ...(bundle.assumed ? [{ code: 'cost-assumed' as const, subject: bundle.offerId }] : []),
    ]),
    ...best.effect.reasons,
    ...codes
      .filter((code) => !best.codes.includes(code))
      .map((code) => ({ code: 'code-not-combinable' as const, subject: code.code })),
  ];
  return summarise(cart, best.withBundles ? formation : { ...formation, bundles: [] }, best.effect, reasons);
}

function bundleMinorByLine(cart: Cart, formation: BundleFormation): number[] {
  const byLine = new Map<string, number>();
  for (const bundle of formation.bundles) {
    for (const unit of bundle.units) byLine.set(unit.lineId, (byLine.get(unit.lineId) ?? 0) + unit.discountMinor);
  }
  return cart.lines.map((line) => byLine.get(line.id) ?? 0);
}

function bestAlternative(
  cart: Cart,
  formation: BundleFormation,
  codes: readonly CodeOffer[],
  rules: IncentiveRules,
): Alternative {
  const conversion = readConversion(cart.rate, cart.shopCurrency, cart.currency);
  const bundleMinor = bundleMinorByLine(cart, formation);
  const none = cart.lines.map(() => 0);
  let best: Alternative | null = null;
  for (const withBundles of [true, false]) {
    for (let set = 2 ** codes.length - 1; set >= 0; set -= 1) {
      const chosen = codes.filter((_, index) => Math.floor(set / 2 ** index) % 2 === 1);
      if (!mayCombine(chosen, withBundles && formation.bundles.length > 0, rules)) continue;
      const off = withBundles ? bundleMinor : none;
      const effect = applyCodes(cart, chosen, off, rules, conversion);
      const saving = [...off, ...effect.byLine].reduce((sum, minor) => sum + minor, effect.shippingMinor);
      if (!best || saving > best.saving) best = { withBundles, codes: chosen, effect, saving };
    }
  }
  if (!best) throw new Error('the empty set of codes is always allowed');
  return best;
}

function summarise(
  cart: Cart,
  formation: BundleFormation,
  effect: CodeEffect,
  reasons: readonly Reason[],
): CartPricing {
  const lines = cart.lines.map((line, index) => {
    const units = formation.bundles.flatMap((bundle) =>
      bundle.units
        .filter((unit) => unit.lineId === line.id)
        .map((unit) => ({ ...unit, offerId: bundle.offerId, title: bundle.title })),
    );
    const subtotalMinor = line.unitPriceMinor * line.quantity;
    const bundleMinor = units.reduce((sum, unit) => sum + unit.discountMinor, 0);
    const codeMinor = effect.byLine[index] ?? 0;
    return {
      lineId: line.id,
      subtotalMinor,
      bundledQuantity: units.reduce((sum, unit) => sum + unit.quantity, 0),
      bundleMinor,
      codeMinor,
      totalMinor: subtotalMinor - bundleMinor - codeMinor,
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
    bundles: formation.bundles,
    subtotalMinor: sum((line) => line.subtotalMinor),
    bundleMinor: sum((line) => line.bundleMinor),
    codeMinor: sum((line) => line.codeMinor),
    shippingMinor: cart.shippingMinor,
    shippingDiscountMinor: effect.shippingMinor,
    totalMinor: sum((line) => line.totalMinor) + cart.shippingMinor - effect.shippingMinor,
    search: formation.exact ? 'exact' : 'bounded',
    reasons,
  };
}
