import type { Config } from '#app/infra/config.ts';

/** A shop's permanent name. Anything else never becomes part of an address that a token is sent to. */
const permanentDomain = /^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/;

/** True for `x.myshopify.com`. */
export function isShopDomain(text: string): boolean {
  return permanentDomain.test(text);
}

/** Where the shop's APIs live, without a trailing slash. Throws on a domain that is not Shopify's. */
export function shopOrigin(config: Pick<Config, 'SHOPIFY_ORIGIN'>, domain: string): string {
  if (!isShopDomain(domain)) throw new Error('not a Shopify domain');
  return config.SHOPIFY_ORIGIN.replace('{shop}', domain).replace(/\/$/, '');
}

/** The Admin API version that every document is checked against. */
export const apiVersion = '2026-10';
