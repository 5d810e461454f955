import { utf8Length } from '#app/domains/incentives/index.ts';
import type { TransformPublication } from '#app/platforms/platform.ts';

/** Shopify hands no metafield value above 10,000 bytes to a Function. */
const largestBytes = 10_000;

/** A bundle that is sold as a product of its own; amounts in the shop's currency, minor units. */
export interface NativeBundle {
  readonly bundleId: string;
  readonly title: string;
  readonly components: readonly {
    readonly productId: string;
    readonly variantId: string;
    readonly quantity: number;
    readonly priceMinor: number;
  }[];
}

/** How bundles reach the cart, as the cart transform Function reads it. */
export interface BundleDelivery {
  /** by bundle id */
  readonly merged: ReadonlyMap<string, { readonly variantId: string; readonly imageUrl: string | null }>;
  /** by the variant that is sold */
  readonly native: ReadonlyMap<string, NativeBundle>;
}

/**
 * Writes the metafield: [bundle, parent variant, picture | 0] of merged bundles under `m`, and
 * [bundle, variant, title, product, variant, quantity, price, …] of native ones under `n`. What does not fit is
 * left out, in the order of bundle ids: a merged bundle is then priced by the discount Function and a native one
 * expanded by Shopify.
 */
export function encodeDelivery(publication: Pick<TransformPublication, 'merged' | 'native'>): string {
  const byBundle = (a: { bundleId: string }, b: { bundleId: string }): number => (a.bundleId < b.bundleId ? -1 : 1);
  const rows = {
    n: [...publication.native]
      .sort(byBundle)
      .map(({ bundleId, variantId, title, components }): (string | number)[] => [
        bundleId,
        variantId,
        title,
        ...components.flatMap((part) => [part.productId, part.variantId, part.quantity, part.priceMinor]),
      ]),
    m: [...publication.merged]
      .sort(byBundle)
      .map(({ bundleId, variantId, imageUrl }): (string | number)[] => [bundleId, variantId, imageUrl ?? 0]),
  };
  const kept: { n: (string | number)[][]; m: (string | number)[][] } = { n: [], m: [] };
  let bytes = JSON.stringify({ v: 1, ...kept }).length;
  for (const list of ['n', 'm'] as const) {
    for (const row of rows[list]) {
      bytes += utf8Length(JSON.stringify(row)) + 1;
      if (bytes <= largestBytes) kept[list].push(row);
    }
  }
  return JSON.stringify({ v: 1, ...kept });
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown, from: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from;
const isRows = (value: unknown): value is unknown[][] =>
  Array.isArray(value) && value.every((row) => Array.isArray(row));

/** Reads it back; null when any of it is not what the encoder writes, so that nothing is half understood. */
export function decodeDelivery(value: unknown): BundleDelivery | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, m, n } = value as { v?: unknown; m?: unknown; n?: unknown };
  if (v !== 1 || !isRows(m) || !isRows(n)) return null;
  const merged = new Map<string, { variantId: string; imageUrl: string | null }>();
  for (const [bundleId, variantId, imageUrl] of m) {
    if (!isText(bundleId) || !isText(variantId) || (imageUrl !== 0 && !isText(imageUrl))) return null;
    merged.set(bundleId, { variantId, imageUrl: imageUrl === 0 ? null : imageUrl });
  }
  const native = new Map<string, NativeBundle>();
  for (const [bundleId, variantId, title, ...cells] of n) {
    const components = readComponents(cells);
    if (!isText(bundleId) || !isText(variantId) || !isText(title) || !components) return null;
    native.set(variantId, { bundleId, title, components });
  }
  return { merged, native };
}

function readComponents(cells: readonly unknown[]): NativeBundle['components'] | null {
  const components: NativeBundle['components'][number][] = [];
  for (let at = 0; at < cells.length; at += 4) {
    const [productId, variantId, quantity, priceMinor] = cells.slice(at, at + 4);
    if (!isText(productId) || !isText(variantId) || !isCount(quantity, 1) || !isCount(priceMinor, 0)) return null;
    components.push({ productId, variantId, quantity, priceMinor });
  }
  return components.length === 0 ? null : components;
}
