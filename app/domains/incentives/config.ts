import { hash32 } from '#app/shared/assignment.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { noPriceTests, type PriceTests, writePriceTests } from './arms.ts';
import { isOrderWide, kindOf } from './kinds/registry.ts';
import { kindOnServer } from './kinds/registry-on-server.ts';
import { withoutNames, writeKnownCodes } from './known-codes.ts';
import type { IncentiveRules, Offer } from './model.ts';
import { leavesCodes, noOwnCodes, type OwnCodeCells, shipsFree, writeOwnCodes } from './own-codes.ts';
import { leavesReserve } from './stacking.ts';
import { utf8Length } from './utf8.ts';

/** Shopify returns no metafield value above 10,000 bytes; each shard is one metafield of the discount. */
export const configLimits = { shardBytes: 10_000, shards: 6 } as const;

/** In the place of the reserve: what the codes take off exactly. */
export const exactReserve = 10_000;

/** The metafield keys of the shards, in order. The Function's input query names the same ones. */
export const configKeys: readonly string[] = ['config', 'config-2', 'config-3', 'config-4', 'config-5', 'config-6'];

/** Unit costs of a product's variants, shop-currency minor units; null = unknown. */
export interface ProductCosts {
  readonly productId: string;
  readonly variants: readonly { readonly id: string; readonly costMinor: number | null }[];
}

/**
 * A shard as it is written. Short keys, because bytes are scarce: v version, g generation (shards of different
 * publications are never mixed), c shop currency, r rules, p products with costs, b bundles.
 * A product is [id, cost of its other variants | -1, variant, cost | -1, variant, …]; a bundle is
 * [id, title, number of its kind, what the kind writes (`kinds/`)…]. t holds the price tests of the shard's bundles
 * (`arms.ts`) and is left out where there is none; so is k, the known codes of the store (`known-codes.ts`), and o, what
 * free shipping leaves to codes of ours (`own-codes.ts`).
 */
export interface ConfigShard {
  readonly v: 1;
  readonly g: number;
  readonly c: string;
  readonly r: readonly [
    productProduct: number,
    productOrder: number,
    productShipping: number,
    minMarginBps: number,
    defaultMarginBps: number,
    sellingPlans: number,
    orderOrder: number,
    orderShipping: number,
    shippingShipping: number,
    codeReserve: number,
  ];
  readonly p: readonly (readonly (string | number)[])[];
  readonly b: readonly (readonly (string | number)[])[];
  readonly t?: readonly (readonly (string | number)[])[];
  readonly k?: readonly number[];
  readonly o?: OwnCodeCells;
}

type Head = Pick<ConfigShard, 'v' | 'g' | 'c' | 'r' | 'o'>;
type Costs = ReadonlyMap<string, ProductCosts>;

/** The commonest cost of a product is written once; variants that differ follow. */
function encodeCosts(productId: string, costs: ProductCosts | undefined): (string | number)[] {
  const variants = [...(costs?.variants ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  const counts = new Map<number, number>();
  for (const { costMinor } of variants) counts.set(costMinor ?? -1, (counts.get(costMinor ?? -1) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1;
  return [
    productId,
    common,
    ...variants.flatMap(({ id, costMinor }) => ((costMinor ?? -1) === common ? [] : [id, costMinor ?? -1])),
  ];
}

/** Every product that an offer names. */
function productsOf(offer: Offer): string[] {
  const gifts = kindOf(offer).goals?.(offer).gifts.flat() ?? [];
  return [...offer.items, ...gifts].map((item) => item.productId);
}

function encodeShard(bundles: readonly Offer[], costs: Costs, head: Head, priceTests: PriceTests): string {
  const products = [...new Set(bundles.flatMap(productsOf))].sort();
  const index = new Map(products.map((id, at) => [id, at]));
  const tests = writePriceTests(priceTests, new Set(bundles.map((bundle) => bundle.id)));
  const at = (productId: string): number => index.get(productId) ?? 0;
  const shard: ConfigShard = {
    ...head,
    p: products.map((id) => encodeCosts(id, costs.get(id))),
    b: bundles.map((bundle) => {
      return [bundle.id, bundle.title, kindOf(bundle).code, ...kindOnServer(bundle).write(bundle, at)];
    }),
    ...(tests.length === 0 ? {} : { t: tests }),
  };
  return JSON.stringify(shard);
}

/**
 * Known codes, and costs of products that no offer names, for what looks at the whole order: as many as the shards that
 * are left hold. For a product without one the checkout assumes the default margin.
 */
function encodeOthers(
  others: readonly ProductCosts[],
  known: readonly number[],
  head: Head,
  shardsLeft: number,
): string[] {
  const empty = utf8Length(JSON.stringify({ ...head, p: [], b: [] }));
  const names = known.length === 0 ? {} : { k: known };
  const shards: (string | number)[][][] = known.length === 0 ? [] : [[]];
  let bytes = known.length === 0 ? Infinity : utf8Length(JSON.stringify({ ...head, p: [], b: [], ...names }));
  for (const other of others) {
    const row = encodeCosts(other.productId, other);
    const length = utf8Length(JSON.stringify(row)) + 1;
    if (bytes + length > configLimits.shardBytes) {
      if (shards.length === shardsLeft) break;
      shards.push([]);
      bytes = empty;
    }
    shards.at(-1)?.push(row);
    bytes += length;
  }
  return shards.map((p, at) => JSON.stringify({ ...head, p, b: [], ...(at === 0 ? names : {}) }));
}

/** Only what makes shipping free leaves anything to them. */
function ownCodesOf({ ownCodes = noOwnCodes }: IncentiveRules, bundles: readonly Offer[]): Pick<Head, 'o'> {
  return leavesCodes(noOwnCodes, ownCodes) || !bundles.some(shipsFree) ? {} : { o: writeOwnCodes(ownCodes) };
}

/**
 * Writes live bundles, the unit costs of their products and the rules as shards of compact JSON. Every shard
 * stands alone: what one bundle needs is in its shard. The Function has no clock, so only bundles that are
 * live now belong in here and the shop publishes again when one starts or ends.
 * @param costs of the products that the bundles name; where a bundle looks at the whole order, of others as well,
 * the most important first
 * @returns at most 6 shards of at most 10,000 bytes; none for no bundle. Failure 'config-too-large': fewer
 * bundles or products, or fewer different unit costs, are needed.
 */
export function encodeDiscountConfigs(
  bundles: readonly Offer[],
  costs: readonly ProductCosts[],
  rules: IncentiveRules,
  shopCurrency: string,
  priceTests: PriceTests = noPriceTests,
): Result<string[], 'config-too-large'> {
  const byProduct = new Map(costs.map((entry) => [entry.productId, entry]));
  const { product, order, shipping } = rules.combinesWith;
  const sorted = [...bundles].sort((a, b) => (a.id < b.id ? -1 : 1));
  const base = {
    v: 1 as const,
    c: shopCurrency,
    r: [
      +product.product,
      +product.order,
      +product.shipping,
      rules.minMarginBps,
      rules.defaultMarginBps,
      rules.sellingPlans === 'allow' ? 1 : 0,
      +order.order,
      +order.shipping,
      +shipping.shipping,
      rules.codeReserve === 'exact' ? exactReserve : rules.codeReserve,
    ] as const,
    ...ownCodesOf(rules, sorted),
  };
  const known = writeKnownCodes(rules.knownCodes ?? []);
  const names = known.length === 0 ? '' : JSON.stringify(known);
  const head = { ...base, g: hash32(encodeShard(sorted, byProduct, { ...base, g: 0 }, priceTests) + names) };
  const shards: string[] = [];
  let current: Offer[] = [];
  for (const bundle of sorted) {
    if (
      current.length > 0 &&
      utf8Length(encodeShard([...current, bundle], byProduct, head, priceTests)) > configLimits.shardBytes
    ) {
      shards.push(encodeShard(current, byProduct, head, priceTests));
      current = [];
    }
    current.push(bundle);
  }
  if (current.length > 0) shards.push(encodeShard(current, byProduct, head, priceTests));
  const tooLarge =
    shards.length > configLimits.shards || shards.some((shard) => utf8Length(shard) > configLimits.shardBytes);
  if (tooLarge)
    return fail(
      'config-too-large',
      'There are more live bundles than one store discount can hold. Pause some of them or use fewer products.',
    );
  if (shards.length === 0 || !(sorted.some(isOrderWide) || leavesReserve(rules))) return ok(shards);
  if (known.length > 0 && shards.length === configLimits.shards)
    return encodeDiscountConfigs(bundles, costs, withoutNames(rules), shopCurrency, priceTests);
  const named = new Set(sorted.flatMap(productsOf));
  const others = costs.filter((entry) => !named.has(entry.productId));
  return ok([...shards, ...encodeOthers(others, known, head, configLimits.shards - shards.length)]);
}
