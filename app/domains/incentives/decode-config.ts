import { noPriceTests, type PriceTests, readPriceTests } from './arms.ts';
import { type ConfigShard, exactReserve } from './config.ts';
import { readCells } from './kinds/cells.ts';
import { readKnownCodes } from './known-codes.ts';
import { isOrderWide, kindOfCode } from './kinds/registry.ts';
import type { IncentiveRules, KnownCode, Offer, OwnCodes } from './model.ts';
import { readOwnCodes } from './own-codes.ts';
import { matrixOf } from './stacking.ts';

/** What the Function works with. */
export interface DiscountConfig {
  readonly shopCurrency: string;
  readonly rules: IncentiveRules;
  readonly bundles: readonly Offer[];
  /** which visitor gets which version of a bundle: ask `offersFor` */
  readonly priceTests: PriceTests;
  /** false when no offer can be about the product, so that its lines do not matter */
  readonly concerns: (productId: string) => boolean;
  /** unit cost in shop-currency minor units; null = unknown */
  readonly costOf: (productId: string, variantId: string | null) => number | null;
  /** shards that were there but could not be used */
  readonly ignored: number;
}

type Row = readonly (string | number)[];

function isCount(value: unknown, from: number, to: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}

function isHead(shard: Partial<ConfigShard>): shard is ConfigShard {
  const { v, g, c, r, p, b } = shard;
  if (v !== 1 || typeof g !== 'number' || !isText(c) || !Array.isArray(r) || !isRows(p) || !isRows(b)) return false;
  const cells: readonly unknown[] = r;
  const most = [1, 1, 1, 10_000, 10_000, 1, 1, 1, 1, 10_000];
  return (cells.length === 6 || cells.length === 10) && cells.every((cell, at) => isCount(cell, 0, most[at] ?? 0));
}

/**
 * Of six cells, as they were published before each pair of classes had its own, the first three say with what bundles
 * may stand (`matrixOfRow`).
 */
function readRules(cells: readonly number[]): IncentiveRules {
  const [product, order, shipping, minMarginBps = 0, defaultMarginBps = 0, sellingPlans] = cells;
  const [orderOrder, orderShipping, shippingShipping, codeReserve] =
    cells.length > 6 ? cells.slice(6) : [order, shipping, shipping, 0];
  const pairs = {
    'product-product': product,
    'product-order': order,
    'product-shipping': shipping,
    'order-order': orderOrder,
    'order-shipping': orderShipping,
    'shipping-shipping': shippingShipping,
  };
  return {
    combinesWith: matrixOf((pair) => pairs[pair] === 1),
    minMarginBps,
    defaultMarginBps,
    sellingPlans: sellingPlans === 1 ? 'allow' : 'exclude',
    codeReserve: codeReserve === exactReserve ? 'exact' : (codeReserve ?? 0),
  };
}

function isProduct(row: Row): boolean {
  if (row.length < 2 || row.length % 2 !== 0) return false;
  for (let at = 0; at < row.length; at += 2)
    if (!isText(row[at]) || !isCount(row[at + 1], -1, Number.MAX_SAFE_INTEGER)) return false;
  return true;
}

/** A row as an offer, or null when any cell is not what the encoder writes. */
function toOffer(row: Row, products: readonly Row[]): Offer | null {
  const [id, title, code] = row;
  if (!isText(id) || !isText(title)) return null;
  return kindOfCode(code)?.read({ id, title }, readCells(row, 3, products)) ?? null;
}

interface ReadShard {
  readonly shard: ConfigShard;
  readonly bundles: readonly Offer[];
  readonly priceTests: PriceTests;
  readonly knownCodes: readonly KnownCode[];
  readonly ownCodes: OwnCodes | undefined;
}

function readShard(config: unknown): ReadShard | null {
  let parsed: unknown = config;
  if (typeof config === 'string') {
    try {
      parsed = JSON.parse(config);
    } catch {
      return null;
    }
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const shard: Partial<ConfigShard> = parsed;
  if (!isHead(shard) || !shard.p.every(isProduct)) return null;
  const bundles = shard.b.map((row) => toOffer(row, shard.p)).filter((bundle) => bundle !== null);
  const priceTests = isRows(shard.t ?? []) ? readPriceTests(shard.t ?? []) : null;
  const knownCodes = readKnownCodes(shard.k ?? []);
  const own = shard.o ?? null;
  const ownCodes = own === null ? undefined : readOwnCodes(own);
  if (!priceTests || !knownCodes || ownCodes === null || bundles.length !== shard.b.length) return null;
  return { shard, bundles, priceTests, knownCodes, ownCodes };
}

/**
 * Reads shards back, as text or as parsed JSON. A missing shard is skipped; one that is damaged, or that is
 * from another publication than the first readable one, is ignored as a whole, so that a bundle is priced
 * with its own costs and rules or not at all. Null when no shard can be used.
 */
export function decodeDiscountConfigs(configs: readonly unknown[]): DiscountConfig | null {
  const present = configs.filter((config) => config !== null && config !== undefined);
  const readable = present.map(readShard).filter((entry) => entry !== null);
  const [{ shard: first, ownCodes } = {}] = readable;
  if (!first) return null;
  const used = readable.filter(({ shard }) => shard.g === first.g);
  const products = new Map<string, Row>();
  const offers = new Map<string, Offer>();
  for (const { shard, bundles } of used) {
    for (const row of shard.p) products.set(String(row[0]), row);
    for (const bundle of bundles) offers.set(bundle.id, bundle);
  }
  const knownCodes = used.flatMap((entry) => entry.knownCodes);
  const bundles = [...offers.values()];
  let orderWide = false;
  for (const bundle of bundles) orderWide ||= isOrderWide(bundle);
  return {
    shopCurrency: first.c,
    rules: {
      ...readRules(first.r),
      ...(knownCodes.length === 0 ? {} : { knownCodes }),
      ...(ownCodes ? { ownCodes } : {}),
    },
    bundles,
    priceTests: {
      holdout: used.find(({ priceTests }) => priceTests.tests.length > 0)?.priceTests.holdout ?? noPriceTests.holdout,
      tests: used.flatMap(({ priceTests }) => priceTests.tests),
    },
    concerns: (productId) => orderWide || products.has(productId),
    costOf(productId, variantId) {
      const row = products.get(productId);
      if (!row) return null;
      let cost = Number(row[1]);
      for (let at = 2; at < row.length; at += 2) if (row[at] === variantId) cost = Number(row[at + 1]);
      return cost < 0 ? null : cost;
    },
    ignored: present.length - used.length,
  };
}
