import type { Config } from '#app/infra/config.ts';
import { isShopDomain } from '../origin.ts';

/** The Content-Security-Policy that lets the shop's own admin frame the page, and nobody else. */
export function frameAncestors(config: Pick<Config, 'SHOPIFY_FRAME'>, shopDomain: string | null): string {
  const shop = shopDomain !== null && isShopDomain(shopDomain) ? [`https://${shopDomain}`] : [];
  return `frame-ancestors ${[...shop, ...config.SHOPIFY_FRAME].join(' ') || "'none'"};`;
}
