import { z } from 'zod';
import { matrixOf, matrixOfRow, type StackPair } from '#app/domains/incentives/index.ts';
import type { PlatformKind } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { MoneyFormat } from '#app/shared/money-format.ts';
import { mostTaxBps, type TaxInPrices, type TaxKnown } from '#app/shared/tax-in-prices.ts';

const stands = z.object({ order: z.boolean(), product: z.boolean(), shipping: z.boolean() });

/** Symmetric, whatever is stored: the pair of two classes is read where the earlier one has its row. */
const stackMatrix = z
  .object({ product: stands, order: stands, shipping: stands })
  .transform(({ product, order, shipping }) => {
    const pairs: Readonly<Record<StackPair, boolean>> = {
      'product-product': product.product,
      'product-order': product.order,
      'product-shipping': product.shipping,
      'order-order': order.order,
      'order-shipping': order.shipping,
      'shipping-shipping': shipping.shipping,
    };
    return matrixOf((pair) => pairs[pair]);
  });

/** As settings were stored before: with what bundles may stand. */
const stackRow = z
  .object({
    order: z.boolean().default(false),
    product: z.boolean().default(false),
    shipping: z.boolean().default(true),
  })
  .transform(matrixOfRow);

/** What can be left to codes at most: discounts of ours would hardly be any. */
export const mostReserveBps = 9000;

/** What a merchant decides for the whole store. Basis points: 10000 = 100 %. */
export const shopSettings = z.object({
  /** share of visitors who see nothing of Trellis, for the measurement */
  holdoutBps: z.number().int().min(0).max(5000).default(500),
  /** gross margin assumed where a product's unit cost is unknown */
  defaultMarginBps: z.number().int().min(0).max(10_000).default(4000),
  /** no discount may bring an order below this net margin */
  minMarginBps: z.number().int().min(0).max(10_000).default(1000),
  /** tax that prices contain, of the price without it, which both margins are of; null = what the store's own orders tell */
  enteredTaxBps: z.number().int().min(0).max(mostTaxBps).nullable().default(null),
  /** which classes of discounts may stand in one cart, ours with the store's codes and ours with ours */
  combinesWith: z.union([stackMatrix, stackRow]).default(matrixOfRow({ order: false, product: false, shipping: true })),
  /** what discounts of ours leave to a code of the store; null = what codes took off lately */
  codeReserveBps: z.number().int().min(0).max(mostReserveBps).nullable().default(null),
});

export type EnteredSettings = z.infer<typeof shopSettings>;

/** The same as it counts: with the tax that prices are taken to contain. */
export interface ShopSettings extends EnteredSettings {
  readonly taxInPricesBps: number;
}

const cell = z.int().nonnegative();

/** Ids of what we made on the platform, and how far reconciliation has come. */
export const platformState = z.object({
  discountId: z.string().nullish(),
  /** digests of what was written last, so that only changes are written */
  discountDigest: z.string().optional(),
  storefrontDigest: z.string().optional(),
  /**
   * whether the checkout tries all bundles even in the largest carts, which discount (by its digest) that was found for, and
   * the bundles that this discount cannot hold
   */
  bundlesTried: z
    .object({ discountDigest: z.string(), all: z.boolean(), leftOut: z.array(z.string()).default([]) })
    .optional(),
  /** whether the checkout turns away who may not buy a product of the cart */
  accessGuarded: z.boolean().optional(),
  /** by product id, bundles and whom it is kept for; '' = its pages show neither */
  bundleDigests: z.record(z.string(), z.string()).optional(),
  pixelActivated: z.boolean().optional(),
  /** the largest share that a code usually took off lately, basis points */
  usualCodeBps: z.number().int().optional(),
  /** what the store's own codes take off: hash, basis points or minor units below zero, and beside what */
  storeCodes: z
    .object({ named: z.array(z.tuple([z.number(), z.number(), z.number()])), rest: z.number().int() })
    .optional(),
  /** what the store's plan let us do with bundles when it was asked last */
  bundleSupport: z
    .object({ mergeLines: z.boolean(), expandLines: z.boolean(), bundleProducts: z.boolean() })
    .optional(),
  /** our software in the store, on platforms that need some there; left out = never looked for */
  companion: z
    .object({
      state: z.enum(['missing', 'waiting', 'outdated', 'connected']),
      version: z.string().nullable().default(null),
      contract: z.number().int().optional(),
      problems: z.array(z.string()).default([]),
    })
    .optional(),
  /** the language that the store itself is written in, such as `de_DE`; left out = it was not told */
  storeLocale: z.string().optional(),
  /** how far the platform's clock is ahead of ours, milliseconds; 0 = about the same, left out = nobody has looked at it yet */
  clockSkewMs: z.number().int().optional(),
  /** times of versions, by the platform's clock, from before and shortly after that clock was last set back */
  clockSetBack: z.object({ from: z.iso.datetime(), until: z.iso.datetime() }).optional(),
  /** parts of ours may stand in the checkout itself; left out = the store was not asked yet */
  insideCheckout: z.boolean().optional(),
  /** some products can be bought with a plan that repeats */
  sellingPlans: z.boolean().optional(),
  /** digest of what the store's codes are guarded by */
  codeGuard: z.string().optional(),
  /** beside what the store's codes of ours may stand at most, until they have followed the merchant's matrix */
  codeStands: stackMatrix.optional(),
  /**
   * what free shipping of goals leaves to codes of ours at the checkout, at least, while a publication is unanswered: two
   * shares and two amounts in turn; 'none-free' = no goal makes shipping free there. Left out = nothing is left
   */
  leftToOwnCodes: z.union([z.tuple([cell, cell, cell, cell]), z.literal('none-free')]).optional(),
  /** when everything that we hold was last looked for on the platform */
  comparedAt: z.iso.datetime().optional(),
  /** when clearing the store of everything of ours ended, after its merchant took leave */
  leftAt: z.iso.datetime().optional(),
  /** false = it ended without reaching the store */
  leftCleared: z.boolean().optional(),
  reconciledUntil: z
    .object({
      products: z.iso.datetime().optional(),
      customers: z.iso.datetime().optional(),
      orders: z.iso.datetime().optional(),
    })
    .optional(),
});

export type PlatformState = z.infer<typeof platformState>;

/** How amounts are written, as it is stored. */
export const moneyFormat = z.object({
  before: z.string(),
  after: z.string(),
  thousands: z.string(),
  point: z.string(),
  decimals: z.number().int().min(0).max(4),
});

/** Set-up steps that cannot be derived from data. */
export const setupState = z.object({
  dismissed: z.boolean().default(false),
  blocksChecked: z.boolean().default(false),
});

export type SetupState = z.infer<typeof setupState>;

export type ShopStatus = 'installed' | 'uninstalled' | 'needs-reauth';

export interface Shop {
  readonly id: ShopId;
  readonly platform: PlatformKind;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  /** IANA */
  readonly timeZone: string;
  /** how the store writes amounts for shoppers; null before the first import, and where it cannot be told */
  readonly moneyFormat: MoneyFormat | null;
  /** where shoppers find the store, without a slash at the end */
  readonly storefrontUrl: string;
  readonly status: ShopStatus;
  readonly scopes: readonly string[];
  readonly settings: ShopSettings;
  /** whence `settings.taxInPricesBps` is, and what is known of it besides */
  readonly tax: TaxKnown &
    TaxInPrices & { /** orders that tell it; null = they were not looked at yet */ readonly orders: number | null };
  readonly platformState: PlatformState;
  readonly setup: SetupState;
  readonly installedAt: Date;
  readonly uninstalledAt: Date | null;
}
