import {
  type Assessment,
  assessIdea,
  type Circumstances,
  type IdeaKind,
  type IdeaProduct,
  productIdsOf,
  readIdea,
  readIdeas,
  readSearch,
  type StoredIdea,
  writeStatus,
} from '#app/domains/bundle-ideas/index.ts';
import { bundleFormSchema, createBundle, listBundles } from '#app/domains/bundles/index.ts';
import { type CatalogProduct, readProducts } from '#app/domains/catalog/index.ts';
import type { IncentiveRules } from '#app/domains/incentives/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { readBeside } from './idea-stack.ts';

/** An idea with everything that the merchant reads of it. */
export interface IdeaView {
  readonly idea: StoredIdea;
  readonly assessment: Assessment;
  readonly products: readonly IdeaProduct[];
}

/** What ideas are judged by. */
export interface IdeaContext {
  readonly rules: IncentiveRules;
  readonly now: Date;
}

const toIdeaProduct = (product: CatalogProduct): IdeaProduct => ({
  id: product.id,
  title: product.title,
  productType: product.productType,
  imageUrl: product.imageUrl,
  sellable: product.deletedAt === null && product.status === 'active' && product.published && !product.giftCard,
  variants: product.variants,
});

/** The catalog's entries of some products as ideas are priced; unknown ids are missing. */
export async function ideaProducts(scope: ShopScope, ids: readonly string[]): Promise<IdeaProduct[]> {
  return (await readProducts(scope, ids)).map(toIdeaProduct);
}

const bundlesPerPage = 100;

/** The products of each live bundle. */
export async function liveBundleProducts(scope: ShopScope, now: Date): Promise<ReadonlySet<string>[]> {
  const sets: ReadonlySet<string>[] = [];
  for (let page = 1; ; page += 1) {
    const query = { search: '', status: 'live', sort: 'updated', page, pageSize: bundlesPerPage } as const;
    const { items } = await listBundles(scope, query, now);
    sets.push(...items.map(({ bundle }) => new Set(bundle.items.map(({ productId }) => productId))));
    if (items.length < bundlesPerPage) return sets;
  }
}

/** The form of a draft; what the bundles' own schema says of it decides. */
function draftForm(idea: Pick<StoredIdea, 'kind' | 'evidence'>, title: string, basisPoints: number): unknown {
  const { parts, pickCount } = idea.evidence;
  const common = { title, status: 'draft', startsAt: null, endsAt: null };
  const discount = { type: 'percentage', basisPoints };
  const items = parts.map(({ productId, quantity }) => ({ productId, variantId: null, quantity }));
  if (idea.kind !== 'quantity-breaks') return { ...common, kind: idea.kind, discount, pickCount, items };
  const units = parts[0]?.quantity ?? 2;
  return {
    ...common,
    kind: 'quantity-breaks',
    terms: { per: 'product', tiers: [{ units, value: discount }] },
    items: items.map((item) => ({ ...item, quantity: 1 })),
  };
}

/** Kinds of ideas that can become a bundle here. */
export function offeredIdeaKinds(): readonly IdeaKind[] {
  const evidence = { parts: [{ productId: '1', quantity: 2 }] } as unknown as StoredIdea['evidence'];
  const breaks = bundleFormSchema.safeParse(draftForm({ kind: 'quantity-breaks', evidence }, 'Breaks', 500)).success;
  return ['fixed', 'mix-and-match', ...(breaks ? (['quantity-breaks'] as const) : [])];
}

/** All ideas at today's prices, best first, with what the merchant assumes. */
export async function readIdeaViews(scope: ShopScope, asked: IdeaContext): Promise<{ views: IdeaView[] }> {
  const circumstances = await readCircumstances(scope, asked);
  const ideas = await readIdeas(scope);
  const products = await ideaProducts(scope, [...new Set(ideas.flatMap(productIdsOf))]);
  return { views: ideas.map((idea) => judge(idea, products, circumstances)) };
}

/** One idea at today's prices, or null. `extra`: a further discount to try, basis points. */
export async function readIdeaView(
  scope: ShopScope,
  id: string,
  asked: IdeaContext,
  extra: readonly number[] = [],
): Promise<(IdeaView & Pick<Circumstances, 'assumptions' | 'beside'>) | null> {
  const idea = await readIdea(scope, id);
  if (!idea) return null;
  const circumstances = await readCircumstances(scope, asked);
  const { assumptions, beside } = circumstances;
  const products = await ideaProducts(scope, productIdsOf(idea));
  return { ...judge(idea, products, circumstances, extra), assumptions, beside };
}

async function readCircumstances(scope: ShopScope, { rules, now }: IdeaContext): Promise<Circumstances> {
  const { assumptions } = await readSearch(scope);
  return { rules, assumptions, beside: await readBeside(scope, await readShop(scope), now) };
}

function judge(
  idea: StoredIdea,
  all: readonly IdeaProduct[],
  circumstances: Circumstances,
  extra: readonly number[] = [],
): IdeaView {
  const products = productIdsOf(idea).flatMap((id) => all.find((product) => product.id === id) ?? []);
  return { idea, products, assessment: assessIdea(idea, products, circumstances, extra) };
}

/** What an idea is called, from the titles of its products, short enough for a bundle. */
export function ideaTitle(idea: Pick<StoredIdea, 'kind' | 'evidence'>, products: readonly IdeaProduct[]): string {
  const titles = idea.evidence.parts.map(
    ({ productId }) => products.find(({ id }) => id === productId)?.title ?? 'A product that is gone',
  );
  if (idea.kind === 'quantity-breaks')
    return clip(`${String(idea.evidence.parts[0]?.quantity ?? 2)} × ${titles[0] ?? ''}`);
  if (idea.kind === 'mix-and-match') return clip(`Any ${String(idea.evidence.pickCount)}: ${titles.join(' / ')}`);
  return clip(titles.join(' + '));
}

const longestTitle = 80;
/** Whole characters: a cut surrogate pair is no text. */
function clip(title: string): string {
  if (title.length <= longestTitle) return title;
  let short = '';
  for (const character of title) {
    if (short.length + character.length > longestTitle - 1) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}

/**
 * Makes a draft of an idea with a discount of `basisPoints` and marks the idea as settled. Asked twice, it
 * answers the draft that is there. Failures: 'not-found'; 'refused' where the discount may not be offered;
 * 'invalid' where the bundle could not be made.
 */
export async function draftIdea(
  scope: ShopScope,
  request: { id: string; basisPoints: number },
  context: IdeaContext & { readonly newId: () => string },
): Promise<Result<{ bundleId: string }, 'not-found' | 'refused' | 'invalid'>> {
  const view = await readIdeaView(scope, request.id, context, [request.basisPoints]);
  if (!view) return fail('not-found', 'This idea is no longer there. Look for ideas again.');
  const { idea, assessment, products } = view;
  if (idea.status === 'drafted' && idea.bundleId !== null) return ok({ bundleId: idea.bundleId });
  const point = assessment.points.find(({ basisPoints }) => basisPoints === request.basisPoints);
  if (!point || point.worst.refusal !== null)
    return fail('refused', 'This discount would break your minimum margin. Choose a smaller one.');
  // Of two clicks at once the first one settles it; the second finds it settled.
  const settle = { from: ['open', 'dismissed'], to: 'drafted', bundleId: null, now: context.now } as const;
  if (!(await writeStatus(scope, idea.id, settle))) return fail('not-found', 'This idea was made a bundle already.');
  const made = await createBundle(scope, draftForm(idea, ideaTitle(idea, products), request.basisPoints), context);
  if (!made.ok) {
    await writeStatus(scope, idea.id, { from: ['drafted'], to: 'open', bundleId: null, now: context.now });
    return fail('invalid', made.code === 'invalid' ? (Object.values(made.fields)[0] ?? made.message) : made.message);
  }
  const bundleId = made.value.id;
  await writeStatus(scope, idea.id, { from: ['drafted'], to: 'drafted', bundleId, now: context.now });
  return ok({ bundleId });
}
