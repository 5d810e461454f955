/** The plan whose stores let apps stand in the steps of their checkout. */
export const plusPlan = 'shopify_plus';

/** The store itself; see `model.ts`. */
export interface SandboxShop {
  /** numeric id */
  readonly id: string;
  readonly domain: string;
  name: string;
  email: string;
  currency: string;
  timeZone: string;
  planName: string;
  /** left out = prices contain tax */
  taxesIncluded?: boolean;
}
