import type { AnyBundleForm, BundleProduct } from '#app/domains/bundles/index.ts';
import { isSet } from '#app/domains/bundles/index.ts';
import {
  type Cart,
  costOf,
  type IncentiveRules,
  type ItemRole,
  marginBps,
  type Offer,
  priceCart,
} from '#app/domains/incentives/index.ts';

/** What one cart would cost with an offer that is being edited; shop-currency minor units. */
export interface ExampleCart {
  readonly title: string;
  readonly lines: readonly {
    readonly title: string;
    readonly quantity: number;
    readonly priceMinor: number;
    readonly discountMinor: number;
  }[];
  readonly beforeMinor: number;
  readonly savingMinor: number;
  readonly afterMinor: number;
  readonly freeShipping: boolean;
  /** margin of the cart after the discount and without tax, basis points; null when it costs nothing */
  readonly marginBps: number | null;
  /** what the margin guard did to the offer in this cart */
  readonly guard: 'untouched' | 'reduced' | 'refused';
  /** a cost was unknown, so the default margin was assumed */
  readonly assumed: boolean;
}

interface Unit {
  readonly product: BundleProduct;
  readonly variant: BundleProduct['variants'][number];
}
interface Example {
  readonly title: string;
  readonly units: readonly Unit[];
}

export interface ExampleContext {
  /** every product that the form, its collections' samples and `fillers` name */
  readonly products: readonly BundleProduct[];
  /** some products of each collection, by its id */
  readonly samples: ReadonlyMap<string, readonly string[]>;
  /** ids of any products of the shop, for offers that count the whole cart */
  readonly fillers: readonly string[];
  readonly rules: IncentiveRules;
  readonly currency: string;
}

const mostExamples = 4;
const mostUnits = 500;

/**
 * The carts that show what an offer does: one for each of its steps, at today's prices, priced by the same rules
 * and the same guard as the checkout. A form that lacks products gives none.
 */
export function exampleCarts(form: AnyBundleForm, context: ExampleContext): ExampleCart[] {
  const offer = offerOf(form, context);
  return examplesOf(form, context)
    .filter(({ units }) => units.length > 0)
    .slice(0, mostExamples)
    .map((example) => priced(example, offer, context));
}

function offerOf(form: AnyBundleForm, { samples }: ExampleContext): Offer {
  const head = { id: 'preview', title: form.title, startsAt: null, endsAt: null };
  if (isSet(form)) {
    const { kind, discount, pickCount, items } = form;
    return { ...head, kind, discount, pickCount, items };
  }
  const whole = form.collections.flatMap(({ collectionId, role }) =>
    (samples.get(collectionId) ?? []).map((productId) => ({ productId, variantId: null, quantity: 1, role })),
  );
  return { ...head, kind: form.kind, terms: form.terms, items: [...form.items, ...whole] } as Offer;
}

/** What may stand in a place of the offer, cheapest first: of a product with variants its cheapest one. */
function choicesOf(form: AnyBundleForm, role: ItemRole, { products, samples }: ExampleContext): Unit[] {
  const named = form.items.filter((item) => (item.role ?? 'part') === role);
  const whole = isSet(form) ? [] : form.collections.filter((collection) => collection.role === role);
  const wanted = [
    ...named,
    ...whole.flatMap(({ collectionId }) =>
      (samples.get(collectionId) ?? []).map((productId) => ({ productId, variantId: null })),
    ),
  ];
  const units = wanted.flatMap(({ productId, variantId }) => unitOf(products, productId, variantId) ?? []);
  return [...new Map(units.map((unit) => [unit.variant.id, unit])).values()].sort(
    (a, b) => a.variant.priceMinor - b.variant.priceMinor,
  );
}

function unitOf(products: readonly BundleProduct[], productId: string, variantId: string | null): Unit | null {
  const product = products.find((candidate) => candidate.id === productId);
  const variant = product?.variants
    .filter((candidate) => variantId === null || candidate.id === variantId)
    .reduce((best, candidate) => (candidate.priceMinor < best.priceMinor ? candidate : best));
  return product && variant && !product.giftCard ? { product, variant } : null;
}

/** `count` units, one of each choice in turn. */
function inTurn(choices: readonly Unit[], count: number): Unit[] {
  return Array.from({ length: count }, (_, index) => choices[index % choices.length]).filter(
    (unit) => unit !== undefined,
  );
}

/** Units of the shop's own products that together reach `minor`, without those that are given away. */
function upTo(minor: number, context: ExampleContext, given: readonly string[]): Unit[] {
  const fillers = context.fillers
    .filter((id) => !given.includes(id))
    .flatMap((id) => unitOf(context.products, id, null) ?? [])
    .filter(({ variant }) => variant.priceMinor > 0)
    .sort((a, b) => b.variant.priceMinor - a.variant.priceMinor);
  const filler = fillers.find(({ variant }) => variant.priceMinor <= minor) ?? fillers.at(-1);
  if (!filler) return [];
  const count = Math.ceil(minor / filler.variant.priceMinor);
  return count > mostUnits ? [] : inTurn([filler], count);
}

function examplesOf(form: AnyBundleForm, context: ExampleContext): Example[] {
  const part = choicesOf(form, 'part', context);
  const buy = choicesOf(form, 'buy', context);
  const get = choicesOf(form, 'get', context);
  switch (form.kind) {
    case 'fixed': {
      const units = form.items.flatMap(({ productId, variantId, quantity }) => {
        const unit = unitOf(context.products, productId, variantId);
        return unit ? inTurn([unit], quantity) : [];
      });
      return [
        { title: 'One set', units },
        { title: 'Two sets', units: [...units, ...units] },
      ];
    }
    case 'mix-and-match':
      return [
        { title: 'Cheapest choice', units: inTurn(part, form.pickCount) },
        ...(part.length > 1 ? [{ title: 'Dearest choice', units: inTurn(part.slice(-1), form.pickCount) }] : []),
      ];
    case 'build-a-box':
      return form.terms.tiers.map(({ units }) => ({ title: `Box of ${String(units)}`, units: inTurn(part, units) }));
    case 'quantity-breaks':
      return form.terms.tiers.map(({ units }) => ({
        title: `${String(units)} units`,
        units: inTurn(form.terms.per === 'mixed' ? part : part.slice(0, 1), units),
      }));
    case 'buy-x-get-y':
      if (buy.length === 0 || get.length === 0) return [];
      return [
        {
          title: `Buy ${String(form.terms.buyUnits)}, get ${String(form.terms.getUnits)}`,
          units: [...inTurn(buy, form.terms.buyUnits), ...inTurn(get, form.terms.getUnits)],
        },
      ];
    case 'together-offer': {
      const other = get.find(({ product }) => product.id !== buy[0]?.product.id);
      return buy[0] && other ? [{ title: 'Both in the cart', units: [buy[0], other] }] : [];
    }
    case 'gift': {
      const gift = choicesOf(form, 'gift', context)[0];
      const { trigger } = form.terms;
      const bought =
        trigger.type === 'buy'
          ? inTurn(buy, trigger.units)
          : upTo(
              trigger.minor,
              context,
              form.items.map(({ productId }) => productId),
            );
      return gift && bought.length > 0 ? [{ title: 'With the gift', units: [...bought, gift] }] : [];
    }
    case 'cart-goals': {
      const given = form.items.map(({ productId }) => productId);
      return form.terms.tiers.map((tier, index) => {
        const gifts = form.terms.tiers
          .slice(0, index + 1)
          .flatMap(({ reward }) => (reward.type === 'gift' ? [reward] : []))
          .slice(-1);
        return {
          title: `Step ${String(index + 1)} reached`,
          units: [
            ...upTo(tier.thresholdMinor, context, given),
            ...gifts.flatMap((gift) => unitOf(context.products, gift.productId, gift.variantId) ?? []),
          ],
        };
      });
    }
  }
}

function priced(example: Example, offer: Offer, { rules, currency }: ExampleContext): ExampleCart {
  const counts = new Map<string, { unit: Unit; quantity: number }>();
  for (const unit of example.units) {
    const known = counts.get(unit.variant.id);
    if (known) known.quantity += 1;
    else counts.set(unit.variant.id, { unit, quantity: 1 });
  }
  const entries = [...counts.values()];
  const cart: Cart = {
    currency,
    shopCurrency: currency,
    rate: '1',
    // Something to take off, so that free shipping shows; what it costs is not known here.
    shippingMinor: 100,
    lines: entries.map(({ unit: { product, variant }, quantity }) => ({
      id: variant.id,
      productId: product.id,
      variantId: variant.id,
      quantity,
      unitPriceMinor: variant.priceMinor,
      unitCostMinor: variant.costMinor,
      giftCard: product.giftCard,
      sellingPlan: false,
    })),
  };
  const pricing = priceCart(cart, { bundles: [offer], codes: [] }, rules, null);
  const after = pricing.lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const cost = entries.reduce(
    (sum, { unit: { variant }, quantity }) => sum + costOf(variant.priceMinor, variant.costMinor, rules) * quantity,
    0,
  );
  const codes = new Set(pricing.reasons.map(({ code }) => code));
  return {
    title: example.title,
    lines: entries.map(({ unit: { product }, quantity }, index) => {
      const line = pricing.lines[index];
      const priceMinor = line?.subtotalMinor ?? 0;
      return {
        title: product.title,
        quantity,
        priceMinor,
        discountMinor: priceMinor - (line?.totalMinor ?? priceMinor),
      };
    }),
    beforeMinor: pricing.subtotalMinor,
    savingMinor: pricing.subtotalMinor - after,
    afterMinor: after,
    freeShipping: pricing.shippingDiscountMinor > 0,
    marginBps: marginBps(after, cost, rules.taxInPricesBps),
    guard: codes.has('margin-refused') ? 'refused' : codes.has('margin-reduced') ? 'reduced' : 'untouched',
    assumed: entries.some(({ unit }) => unit.variant.costMinor === null),
  };
}
