import type { ActionFunctionArgs } from '@remix-run/node';
import {
  type BundleProduct,
  availableBundles,
  bundleFormSchema,
  getBundleProducts,
  isSet,
  previewBundle,
  validateBundle,
} from '#app/domains/bundles/index.ts';
import type { BundlePreview } from '#app/domains/incentives/index.ts';
import { readJson } from './json-body.server.ts';
import { requireMerchant } from './merchant.server.ts';

export interface PreviewAnswer {
  /** message by field path */
  readonly fields: Readonly<Record<string, string>>;
  /** null until the form is complete enough to be priced */
  readonly preview: BundlePreview | null;
  /** bundles that can be sold now; null = unlimited or not known yet */
  readonly available: number | null;
  readonly products: readonly BundleProduct[];
  readonly defaultMarginBps: number;
}

const idsIn = (form: unknown): string[] => {
  const items =
    form !== null && typeof form === 'object' && 'items' in form && Array.isArray(form.items)
      ? (form.items as unknown[])
      : [];
  return items.flatMap((item) =>
    item !== null && typeof item === 'object' && 'productId' in item && typeof item.productId === 'string'
      ? [item.productId]
      : [],
  );
};

/** Checks and prices a bundle that is being edited; writes nothing. */
export async function action(args: ActionFunctionArgs): Promise<PreviewAnswer> {
  const merchant = await requireMerchant(args);
  const input = await readJson(args.request);
  const parsed = bundleFormSchema.safeParse(input);
  const products = await merchant.inShop((scope) => getBundleProducts(scope, idsIn(input).slice(0, 100)));
  const rules = merchant.rules;
  const base = { products, defaultMarginBps: rules.defaultMarginBps };
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
    return { ...base, fields, preview: null, available: null };
  }
  const fields = validateBundle(parsed.data, products);
  const complete = parsed.data.items.every((item) => products.some((product) => product.id === item.productId));
  return {
    ...base,
    fields,
    preview: complete && isSet(parsed.data) ? previewBundle(parsed.data, products, rules) : null,
    available: complete ? availableBundles(parsed.data, products) : null,
  };
}
