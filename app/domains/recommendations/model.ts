import { z } from 'zod';

/** What the question is: complete this basket · what will this customer buy next · what have they not had yet. */
export const askingSurfaces = ['cart', 'next', 'discover'] as const;
export type AskingSurface = (typeof askingSurfaces)[number];

/**
 * The questions that a blend is learnt for. Of most carts nobody knows whose they are: `guest` completes a basket hearing
 * only what is heard there, `cart` one whose customer is known.
 */
export const blendIds = [...askingSurfaces, 'guest'] as const;
export type BlendId = (typeof blendIds)[number];

/** What is stored for a shop: two lists for each product, one for each active customer, one for everybody. */
export const storedSurfaces = ['together', 'similar', 'for-you', 'popular'] as const;
export type StoredSurface = (typeof storedSurfaces)[number];

export const sourceIds = [
  'together',
  'basket-model',
  'basket-neighbours',
  'taste',
  'taste-neighbours',
  'taste-baskets',
  'own-habit',
  'own-recent',
  'own-latest',
  'own-replenished',
  'content',
  'prior',
  'trending',
  'popular',
  'established',
  'last-year',
  'popular-among',
] as const;
export type SourceId = (typeof sourceIds)[number];

/** Why a product was suggested; every number is about this shop's own orders. */
export const reasonSchema = z.object({
  /** orders that hold both products, or that hold this one where there is no other product */
  support: z.number().int().nonnegative(),
  /** how many times more often than by chance; 1 where it does not apply */
  lift: z.number().nonnegative(),
  /** the product in the basket or history that asked loudest for this one */
  because: z.string().nullable(),
});
export type Reason = z.infer<typeof reasonSchema>;

export const suggestionSchema = z.object({
  productId: z.string().min(1),
  /** comparable within one answer only, higher is better */
  score: z.number(),
  /** the source that spoke loudest for it */
  source: z.enum(sourceIds),
  reason: reasonSchema,
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestionsSchema = z.array(suggestionSchema);

/** What the catalogue knows of a product; a history without a catalogue has titles only. */
export interface CatalogItem {
  readonly productId: string;
  readonly title: string;
  readonly productType: string;
  readonly vendor: string;
  readonly tags: readonly string[];
  /** minor units of the shop's currency; null = unknown */
  readonly priceMinor: number | null;
  /** may be offered: active, published, in stock, not a gift card */
  readonly sellable: boolean;
}

/** How the weights that earlier orders taught answered the latest ones, which were asked of what came before alone. */
export const blendValidationSchema = z.object({
  cases: z.number(),
  /** mean NDCG@10 of what was learnt, and of the weights to begin with; 0 where nothing was asked */
  learnt: z.number(),
  prior: z.number(),
  /** which of the two the shop's visitors hear */
  stands: z.enum(['learnt', 'prior']),
});
export type BlendValidation = Readonly<z.infer<typeof blendValidationSchema>>;

/** How each source's voice counts for one question, and how many past baskets taught it. */
export interface BlendReport {
  readonly surface: BlendId;
  readonly cases: number;
  readonly weights: Readonly<Record<string, number>>;
  /** null in trainings that did not judge yet */
  readonly validation: BlendValidation | null;
}

/** What was learnt from the products that visitors look at in one visit. */
export interface ViewsReport {
  /** visits to at least two products */
  readonly visits: number;
  /** of them those that taught the weight; with too few it is the one to begin with */
  readonly cases: number;
  readonly weight: number;
}

export interface TrainingReport {
  readonly products: number;
  readonly customers: number;
  readonly orders: number;
  readonly pairs: number;
  readonly linear: boolean;
  readonly blends: readonly BlendReport[];
  /** null where nobody has looked at two products in one visit */
  readonly views: ViewsReport | null;
}
