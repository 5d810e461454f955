import { isDeepStrictEqual } from 'node:util';
import {
  type AnyBundle,
  type AnyBundleForm,
  type BundleContext,
  type BundleResult,
  checkBundle,
  createBundle,
  getAnyBundle,
  invalidBundle,
  updateBundle,
} from '#app/domains/bundles/index.ts';
import { readDeliveries } from '#app/domains/deliveries/index.ts';
import { lockExperiments, readTestsIn } from '#app/domains/experiments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

type Fields = Readonly<Record<string, string>>;

/**
 * Keeps what the editor sent: a new bundle without an id, else in its place. Besides what a bundle checks by itself,
 * it may not hold a product that is a bundle, nor change its price while that is being measured.
 * Failures: 'invalid', 'conflict', 'not-found'.
 */
export async function saveBundle(
  scope: ShopScope,
  { id, revision, form }: { readonly id: string | null; readonly revision: number; readonly form: unknown },
  context: BundleContext,
): Promise<BundleResult<AnyBundle>> {
  const checked = await checkBundle(scope, form);
  if (!checked.ok) return checked;
  const fields = {
    ...(await bundlesWithin(scope, checked.value)),
    ...(id === null ? {} : await underTest(scope, id, checked.value, context.now)),
  };
  if (Object.keys(fields).length > 0) return invalidBundle(fields);
  return id === null ? createBundle(scope, form, context) : updateBundle(scope, id, revision, form, context);
}

/** Its price is a bundle's already, and it could be the very bundle that is saved: the saving would be taken twice. */
async function bundlesWithin(scope: ShopScope, { items }: AnyBundleForm): Promise<Fields> {
  const made = new Set((await readDeliveries(scope)).flatMap(({ productId }) => productId ?? []));
  return Object.fromEntries(
    items.flatMap(({ productId }, index) =>
      made.has(productId)
        ? [[`items.${String(index)}.productId`, 'This product is a bundle itself. Choose what it is made of']]
        : [],
    ),
  );
}

const priceOf = (bundle: AnyBundle | AnyBundleForm) => ({
  discount: { ...bundle.discount },
  parts: {
    kind: bundle.kind,
    pickCount: bundle.pickCount,
    items: bundle.items.map(({ productId, variantId, quantity, role = 'part' }) => ({
      productId,
      variantId,
      quantity,
      role,
    })),
    collections: 'collections' in bundle ? bundle.collections : [],
    groups: 'groups' in bundle ? bundle.groups : [],
  },
  terms: 'terms' in bundle ? bundle.terms : null,
});

/** What a running test compares must stay what it is: a changed set would be counted as the version that it replaced. */
async function underTest(scope: ShopScope, id: string, form: AnyBundleForm, now: Date): Promise<Fields> {
  // A test that starts at this moment has read the bundle as it was.
  await lockExperiments(scope);
  const running = (await readTestsIn(scope, ['running'])).filter(({ subject }) => subject.id === id);
  if (running.length === 0) return {};
  const found = await getAnyBundle(scope, id, now);
  if (!found.ok) return {};
  const { bundle } = found.value;
  const titles = running.some(({ arms }) => arms.some(({ change }) => change.title !== undefined));
  const title = 'An experiment is testing the title of this bundle. Stop it before you change this';
  return {
    ...(titles && bundle.title !== form.title ? { title } : {}),
    ...(running.some(({ subject }) => subject.type === 'price') ? changedPrice(bundle, form) : {}),
  };
}

function changedPrice(bundle: AnyBundle, form: AnyBundleForm): Fields {
  const [before, after] = [priceOf(bundle), priceOf(form)];
  const message = 'An experiment is testing the price of this bundle. Stop it before you change this';
  const amount = form.discount.type === 'percentage' ? 'discount.basisPoints' : 'discount.minor';
  const tiered = 'terms' in form && 'tiers' in form.terms;
  const terms = tiered ? 'terms.tiers' : form.kind === 'together-offer' ? 'terms.basisPoints' : 'terms.value.type';
  return {
    // The discount of a kind with terms is what lists show of them.
    ...('terms' in form || isDeepStrictEqual(before.discount, after.discount) ? {} : { [amount]: message }),
    ...(isDeepStrictEqual(before.terms, after.terms) ? {} : { [terms]: message }),
    ...(isDeepStrictEqual(before.parts, after.parts) ? {} : { items: message }),
  };
}
