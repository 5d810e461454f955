import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Cart,
  type CartLine,
  type CodeOffer,
  decodeDiscountConfigs,
  offersFor,
  priceCart,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { parseDecimal } from '#app/shared/money.ts';
import type { FunctionInput } from '#extensions/bundle-discount/src/input.ts';
import { cart as carts, codes, rules } from './arbitraries.ts';
import { inputs, largeInputs } from './function-inputs.ts';
import { largeCarts } from './large.ts';
import { corrupted, disturbed } from './odd-input.ts';
import { pricedByPhp } from './priced-by-php.ts';
import { priceOnServer, publishedConfigs, toCart } from './surfaces.ts';
import { type CartCase, cartCases, cartsOfRules } from './table.ts';

/** What the plugin's rules are handed: costs that a line leaves out are those of the configuration. */
interface PhpCase {
  readonly cart: Omit<Cart, 'shopCurrency' | 'lines'> & {
    readonly shopCurrency?: string;
    readonly visitor?: string | null;
    readonly codes?: readonly CodeOffer[];
    readonly lines: readonly (Omit<CartLine, 'unitCostMinor'> & { readonly unitCostMinor?: number | null })[];
  };
  readonly configs: readonly string[];
}

function pricedByDefinition({ cart, configs }: PhpCase): unknown {
  const config = decodeDiscountConfigs(configs);
  if (!config) return null;
  const whole: Cart = {
    ...cart,
    shopCurrency: cart.shopCurrency ?? config.shopCurrency,
    lines: cart.lines.map((line) => ({
      ...line,
      unitCostMinor:
        line.unitCostMinor === undefined ? config.costOf(line.productId, line.variantId) : line.unitCostMinor,
    })),
  };
  const bundles = offersFor(config.bundles, config.priceTests, visitorOf(cart.visitor));
  return plain(priceCart(whole, { bundles, codes: cart.codes ?? [] }, config.rules, null));
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function expectSame(cases: readonly PhpCase[]): void {
  const answers = pricedByPhp(cases);
  expect(answers).toHaveLength(cases.length);
  cases.forEach((one, at) => {
    expect(answers[at], JSON.stringify(one)).toEqual(pricedByDefinition(one));
  });
}

function fromTable(cartCase: CartCase): PhpCase {
  const { shopCurrency } = cartCase;
  return {
    cart: { ...toCart(cartCase), shopCurrency, codes: cartCase.codes },
    configs: publishedConfigs(cartCase),
  };
}

/** What a shop would have handed to Shopify's Function, as the plugin gets it. */
function fromInput({ cart, discount, presentmentCurrencyRate }: FunctionInput): PhpCase {
  const currency = cart.cost.subtotalAmount.currencyCode;
  const { config1, config2, config3, config4, config5, config6 } = discount;
  return {
    cart: {
      currency,
      rate: String(presentmentCurrencyRate),
      shippingMinor: 490,
      visitor: cart.visitor?.value ?? null,
      lines: cart.lines.map(({ id, quantity, cost, plan, item }) => ({
        id,
        productId: item.product?.id.slice('gid://shopify/Product/'.length) ?? '',
        variantId: item.id?.slice('gid://shopify/ProductVariant/'.length) ?? null,
        quantity,
        unitPriceMinor: parseDecimal(cost.each.amount, currency),
        giftCard: item.product?.gift ?? false,
        sellingPlan: plan !== null,
      })),
    },
    // Half of a surrogate pair cannot be sent: what comes over the wire is UTF-8.
    configs: [config1, config2, config3, config4, config5, config6].flatMap((shard) =>
      shard ? [shard.value.toWellFormed()] : [],
    ),
  };
}

/** The same random cases in every run, so that one PHP process can price all of them. */
function sampled<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): T[] {
  return fc.sample(arbitrary, { numRuns, seed: 20_261_121 });
}

/**
 * The plugin prices a cart in PHP. The rules in TypeScript are the definition: whatever both are handed, they say the
 * same in every amount, bundle, goal and reason.
 */
describe("the plugin's rules say what the definition says", () => {
  it('for every cart of the table, and the largest', () => {
    expectSame([...cartCases, ...cartsOfRules, ...largeCarts.map((large) => large.cartCase)].map(fromTable));
  });

  it('and so gives the totals of the table', () => {
    const answers = pricedByPhp(cartCases.map(fromTable)) as ({ totalMinor: number } | null)[];
    cartCases.forEach((cartCase, at) => {
      // Without a live offer nothing is published, and the store charges its own prices.
      const total = answers[at] ? answers[at].totalMinor : priceOnServer(cartCase).totalMinor;
      expect(total, cartCase.label).toBe(cartCase.expected.totalMinor);
    });
  });

  it('for small carts under offers of every kind, in every currency, for visitors of price tests', () => {
    expectSame(sampled(inputs(4, 4, 3), 400).map(fromInput));
  });

  it('for carts with codes', () => {
    const withCodes = fc.record({ input: inputs(4, 4, 3), entered: codes, own: carts(1, 1), ofMerchant: rules });
    expectSame(
      sampled(withCodes, 200).map(({ input, entered, own, ofMerchant }) => {
        const one = fromInput(input);
        const runBy = ofMerchant.sellingPlans === 'allow' ? ('platform' as const) : ('trellis' as const);
        const cart = { ...one.cart, shippingMinor: own.shippingMinor, codes: entered.map((c) => ({ ...c, runBy })) };
        return { ...one, cart };
      }),
    );
  });

  it('for carts in which many offers compete', () => {
    expectSame(sampled(inputs(12, 6, 8), 150).map(fromInput));
  });

  it('for lines of many thousands of units', () => {
    expectSame(sampled(inputs(6, 1_000_000, 5), 100).map(fromInput));
  });

  it('for carts of many lines under many offers', () => {
    expectSame(sampled(largeInputs, 40).map(fromInput));
  });

  it('for configurations that were damaged on the way', () => {
    expectSame(sampled(corrupted(inputs(4, 3, 3)), 400).map(fromInput));
  });

  it('and answers, rather than stop, where a cart is none', () => {
    const odd = fc.record({
      input: inputs(3, 3, 2),
      choice: fc.nat(),
      by: fc.oneof(fc.constantFrom<unknown>(null, true, '', 'x', 0, -1, 1.5, 1e300, [], {}, [[]]), fc.jsonValue()),
    });
    const cases = sampled(odd, 200).map(({ input, choice, by }) => {
      const { cart, configs } = fromInput(input);
      const harmed = disturbed(cart, choice, by);
      return { cart: typeof harmed === 'object' && harmed !== null ? harmed : {}, configs };
    });
    expect(pricedByPhp(cases)).toHaveLength(cases.length);
  });
});
