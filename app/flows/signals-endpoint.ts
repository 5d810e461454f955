import type { Config } from '#app/infra/config.ts';

/** Where pixel and theme embed send signals. */
export function signalsEndpoint(config: Pick<Config, 'SHOPIFY_APP_URL'>): string {
  return new URL('/signals', config.SHOPIFY_APP_URL).href;
}
