/** How far a merchant looks back, in days of the shop's time zone; the last one is today, not yet over. */
export const lookBackDays = [7, 30, 90, 365] as const;
export type LookBackDays = (typeof lookBackDays)[number];

/**
 * Sums of a span. Money is whole minor units of the shop's currency, tax and shipping included, net of
 * refunds; cancelled and test orders and orders in another currency count nothing.
 */
export interface SalesTotals {
  readonly orders: number;
  readonly revenueMinor: number;
  /** revenue over orders, rounded half away from zero; null without an order */
  readonly averageOrderMinor: number | null;
  /** what lines that Trellis brought (a widget or a bundle) were sold for, discounts and refunded units taken off */
  readonly trellisRevenueMinor: number;
  readonly trellisOrders: number;
}

export interface SalesDay extends SalesTotals {
  /** YYYY-MM-DD in the shop's time zone */
  readonly day: string;
}

export interface BundleSales {
  readonly bundleId: string;
  readonly title: string;
  /** orders that hold at least one kept unit of the bundle */
  readonly orders: number;
  readonly revenueMinor: number;
}

/** What shoppers who consented did with suggestions. */
export interface SuggestionTotals {
  readonly impressions: number;
  readonly clicks: number;
  /** order lines that a widget put into the cart, kept at least in part */
  readonly bought: number;
}

export interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly timeZone: string;
  readonly currency: string;
}
