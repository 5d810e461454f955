import type { SandboxStore } from '../model.ts';

/** The file of one of our Functions as the checkout runs it. */
export interface DiscountFunctionFiles {
  /** the compiled module */
  readonly source: Uint8Array<ArrayBuffer>;
  /** text of the input query of its target for cart lines, validated against Shopify's schema */
  readonly inputQuery: string;
  /** the same for its target for delivery options; null where it has none */
  readonly deliveryQuery: string | null;
}

/** What `createStorefront(deps)` of `storefront/index.ts` needs; the sandbox's server mounts the Hono app at `/`. */
export interface StorefrontDeps {
  readonly store: SandboxStore;
  /** where the app answers: `${appUrl}/proxy/...` behind the app proxy */
  readonly appUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** absolute path of the project's `extensions` folder */
  readonly extensionsFolder: string;
  /** read again for each checkout, so that a rebuilt Function counts at once */
  loadDiscountFunction(): Promise<DiscountFunctionFiles | null>;
}
