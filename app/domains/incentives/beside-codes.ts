import { type BundleFormation, formBundles } from './form-bundles.ts';
import type { Cart, CodeOffer, IncentiveRules, Offer } from './model.ts';
import type { Reason } from './outcome.ts';
import { readConversion } from './rate.ts';
import { codesBeside, countUnknown, mostReserveBps, reserveInCart, reserveOf } from './stacking.ts';

/** What a cart earns alone, and beside which codes it earns less. */
export interface Beside {
  readonly alone: BundleFormation;
  /** with the reserve for codes; `alone` where there is none */
  readonly reserved: BundleFormation;
  readonly reserveBps: number;
  /** the codes that it is kept for */
  readonly codes: readonly CodeOffer[];
  /** it is kept whatever stands in the end, because nobody knows that while offers are formed */
  readonly always: boolean;
}

/** Forms the bundles of a cart alone and with what they leave to the codes of the store. */
export function formBeside(
  cart: Cart,
  live: readonly Offer[],
  codes: readonly CodeOffer[],
  rules: IncentiveRules,
): Beside {
  const alone = formBundles(cart, live, rules);
  const always = rules.codeReserve !== 'exact';
  const ofStore = codes.filter((code) => code.runBy === 'platform');
  const foreign = always ? ofStore : codesBeside(ofStore, rules);
  const kept = always
    ? reserveInCart(
        foreign.map(({ code }) => code),
        cart,
        rules,
      )
    : reserveOf(foreign, goodsAfter(cart, alone), readConversion(cart.rate, cart.shopCurrency, cart.currency));
  const entered = codes.map(({ code }) => code);
  const unknown = always ? countUnknown(entered, rules) : 0;
  const left = { bps: kept ?? 0, unknown };
  const isLeft = left.bps > 0 || unknown > 0;
  const reserved = kept === null ? formBundles(cart, [], rules) : isLeft ? formBundles(cart, live, rules, left) : alone;
  return { alone, reserved, reserveBps: kept ?? mostReserveBps, codes: foreign, always };
}

/** What the goods that codes may touch cost after our own discounts. */
function goodsAfter(cart: Cart, formation: BundleFormation): number {
  let minor = -minorOff(formation);
  for (const line of cart.lines) if (!line.giftCard) minor += Math.max(0, line.unitPriceMinor * line.quantity);
  return minor;
}

/** What comes off goods. */
function minorOff({ bundles, goals }: BundleFormation): number {
  const order = goals.order?.minor ?? 0;
  return goals.withoutBundles ? order : bundles.reduce((sum, bundle) => sum + bundle.discountMinor, order);
}

/** What the reserve left out, where the formation with it stands. */
export function reasonOfReserve({ alone, reserved, codes }: Beside, stands: BundleFormation): Reason[] {
  const minor = minorOff(alone) - minorOff(reserved);
  const [code] = codes;
  return code && stands === reserved && minor > 0 ? [{ code: 'reserve-kept', subject: code.code, minor }] : [];
}
