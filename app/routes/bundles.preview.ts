import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import {
  type BundleProduct,
  availableBundles,
  bundleFormSchema,
  getBundleProducts,
  isSet,
  previewBundle,
  validateBundle,
} from '#app/domains/bundles/index.ts';
import { type CatalogCollection, readCollections, searchProducts } from '#app/domains/catalog/index.ts';
import type { BundlePreview } from '#app/domains/incentives/index.ts';
import { type ExampleCart, exampleCarts } from '#app/flows/example-carts.ts';
import { readJson } from './json-body.server.ts';
import { requireMerchant } from './merchant.server.ts';

export interface PreviewAnswer {
  /** message by field path */
  readonly fields: Readonly<Record<string, string>>;
  /** of a set; null until the form is complete enough to be priced, and for other kinds */
  readonly preview: BundlePreview | null;
  /** what the offer does in some carts; empty until the form is complete enough */
  readonly carts: readonly ExampleCart[];
  /** bundles that can be sold now; null = unlimited or not known yet */
  readonly available: number | null;
  readonly products: readonly BundleProduct[];
  readonly collections: readonly CatalogCollection[];
  readonly defaultMarginBps: number;
}

/** What a form names, however incomplete the rest of it is. */
const namesSchema = z.object({
  items: z.array(z.object({ productId: z.string() })).catch([]),
  collections: z.array(z.object({ collectionId: z.string() })).catch([]),
  terms: z
    .object({
      tiers: z.array(z.object({ reward: z.object({ productId: z.string().default('') }).catch({ productId: '' }) })),
    })
    .catch({ tiers: [] }),
});

/** Products of a collection that stand for all of them in example carts. */
const samplesEach = 6;

/** Checks and prices a bundle that is being edited; writes nothing. */
export async function action(args: ActionFunctionArgs): Promise<PreviewAnswer> {
  const merchant = await requireMerchant(args);
  const input = await readJson(args.request);
  const parsed = bundleFormSchema.safeParse(input);
  const names = namesSchema.safeParse(input);
  const known = await merchant.inShop(async (scope) => {
    const named = names.success ? names.data : namesSchema.parse({});
    const collections = await readCollections(
      scope,
      named.collections.map(({ collectionId }) => collectionId).slice(0, 20),
      samplesEach,
    );
    // Offers that count the whole cart are shown with the shop's own products.
    const fillers = (await searchProducts(scope, { activeOnly: true, pageSize: 12 })).products.map(({ id }) => id);
    const ids = [
      ...named.items.map(({ productId }) => productId),
      ...named.terms.tiers.map(({ reward }) => reward.productId),
    ].slice(0, 100);
    const samples = collections.flatMap(({ sampleIds }) => sampleIds);
    return {
      collections,
      fillers,
      named: ids.filter((id) => id !== ''),
      products: await getBundleProducts(scope, [...ids, ...samples, ...fillers]),
    };
  });
  const rules = merchant.rules;
  const base = {
    products: known.products.filter(({ id }) => known.named.includes(id)),
    collections: known.collections,
    /** of the price without tax */
    defaultMarginBps: merchant.shop.settings.defaultMarginBps,
  };
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
    return { ...base, fields, preview: null, carts: [], available: null };
  }
  const form = parsed.data;
  const fields = validateBundle(form, known.products);
  const complete = form.items.every((item) => known.products.some((product) => product.id === item.productId));
  return {
    ...base,
    fields,
    preview: complete && isSet(form) ? previewBundle(form, known.products, rules) : null,
    carts:
      complete && Object.keys(fields).length === 0
        ? exampleCarts(form, {
            products: known.products,
            samples: new Map(known.collections.map(({ id, sampleIds }) => [id, sampleIds])),
            fillers: known.fillers,
            rules,
            currency: merchant.shop.currency,
          })
        : [],
    available: complete ? availableBundles(form, known.products) : null,
  };
}
