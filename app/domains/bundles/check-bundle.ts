import type { ShopScope } from '#app/infra/database.ts';
import { invalid } from './failures.ts';
import { type AnyBundleForm, bundleFormSchema, type BundleResult } from './model.ts';
import { validateBundle } from './rules.ts';
import { readProducts } from './store.ts';

/** Parses what the editor sent and holds it against the shop's catalog. Failure: 'invalid' with messages by field. */
export async function checkBundle(scope: ShopScope, input: unknown): Promise<BundleResult<AnyBundleForm>> {
  const parsed = bundleFormSchema.safeParse(input);
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
    return invalid(fields);
  }
  const products = await readProducts(
    scope,
    parsed.data.items.map((item) => item.productId),
  );
  const fields = validateBundle(parsed.data, products);
  return Object.keys(fields).length === 0 ? { ok: true, value: parsed.data } : invalid(fields);
}
