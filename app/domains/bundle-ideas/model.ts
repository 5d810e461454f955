import { z } from 'zod';

export const ideaKinds = ['fixed', 'mix-and-match', 'quantity-breaks'] as const;
/** fixed: products that complete each other · mix-and-match: alternatives of one type · quantity-breaks: several of one product */
export type IdeaKind = (typeof ideaKinds)[number];

const share = z.object({ value: z.number(), low: z.number(), high: z.number() });
/** A share of one with the ends of its 99 % interval. */
export type Share = z.infer<typeof share>;

/** What the past baskets say of one idea; counts are orders, after the caps of `baskets.ts`. */
export const evidenceSchema = z.object({
  /** what one bundle holds; of a mix-and-match the products to choose from */
  parts: z.array(z.object({ productId: z.string(), quantity: z.number() })).min(1),
  /** mix-and-match: how many to choose; else 0 */
  pickCount: z.number(),
  /** orders that were looked at */
  orders: z.number(),
  /** orders that hold the whole idea */
  support: z.number(),
  /** orders that hold any part of it */
  chances: z.number(),
  /** different buyers among `support`; a guest counts as one of their own */
  buyers: z.number(),
  /** share of `chances` that are whole already, without any offer */
  attach: share,
  /** the part from which the others follow most often, and how often; null for one product alone */
  given: z.object({ productId: z.string(), orders: z.number(), confidence: share }).nullable(),
  /** how many times more often than by chance, with its lower 99 % bound; null for one product alone */
  lift: z.object({ value: z.number(), low: z.number() }).nullable(),
  /** the same shares in the last days and before */
  recent: z.object({ days: z.number(), support: z.number(), chances: z.number() }),
  before: z.object({ support: z.number(), chances: z.number() }),
  trend: z.enum(['rising', 'steady', 'falling']),
  /** orders with any part, in 30 days */
  monthlyChances: z.number(),
  /** whole bundles in an order that holds the idea (mean): the discount is given on each of them */
  bundlesPerOrder: z.number(),
  /** units of its part that an order takes which does not hold the whole (mean) */
  partUnits: z.number(),
  /** for each part: orders that hold it, and units sold a day lately */
  sales: z.array(z.object({ productId: z.string(), orders: z.number(), dailyUnits: z.number() })),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a search finds before prices and stock are looked at. */
export interface IdeaFound {
  readonly kind: IdeaKind;
  readonly evidence: Evidence;
}

/** What the merchant assumes about shoppers and worst cases; each is shown next to the numbers that rest on it. */
export const assumptionsSchema = z.object({
  /** 1 % off the price brings this many % more bundles. 2.62 is the mean of 1,851 price elasticities (Bijmolt, van Heerde and Pieters 2005) */
  elasticity: z.number().min(0).max(10).default(2.6),
  /** how many times as many shoppers take the whole once it is offered as one, before any discount */
  reach: z.number().min(1).max(10).default(1.5),
  /** the largest code that a shopper may hold on top, basis points; counts where nothing is known of the store's codes */
  codeBps: z.number().int().min(0).max(10_000).default(1000),
  /** what shipping costs the merchant, basis points of the bundle's price; counts where free shipping combines */
  shippingBps: z.number().int().min(0).max(10_000).default(500),
});
export type Assumptions = z.infer<typeof assumptionsSchema>;
export const defaultAssumptions: Assumptions = assumptionsSchema.parse({});

/** What the last search looked at. */
export const reportSchema = z.object({
  orders: z.number(),
  /** orders with two or more different products */
  baskets: z.number(),
  products: z.number(),
  /** orders left out, because one buyer counts for a limited number only */
  capped: z.number(),
  /** a pair had to be in so many orders to be looked at */
  threshold: z.number(),
  pairs: z.number(),
  /** ideas left out, because a live bundle sells these products together already */
  covered: z.number(),
  ideas: z.number(),
  refused: z.number(),
  seconds: z.number(),
});
export type SearchReport = z.infer<typeof reportSchema>;

/** A product as ideas are priced; amounts in the shop's currency, minor units. */
export interface IdeaProduct {
  readonly id: string;
  readonly title: string;
  readonly productType: string;
  readonly imageUrl: string | null;
  /** active, visible and no gift card */
  readonly sellable: boolean;
  readonly variants: readonly IdeaVariant[];
}

export interface IdeaVariant {
  readonly id: string;
  readonly priceMinor: number;
  readonly costMinor: number | null;
  /** null = not tracked */
  readonly stock: number | null;
  readonly sellWhenOutOfStock: boolean;
}

export type IdeaStatus = 'open' | 'dismissed' | 'drafted';

export interface StoredIdea extends IdeaFound {
  readonly id: string;
  readonly rank: number;
  readonly status: IdeaStatus;
  readonly bundleId: string | null;
  readonly foundAt: Date;
}

/** Orders with two or more different products that a search needs to say anything. */
export const leastBaskets = 50;
