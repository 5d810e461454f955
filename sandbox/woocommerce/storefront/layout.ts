import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import { symbolOf } from '../rest/views/order.ts';
import { consentBar, renderWidgets } from '../plugin/widgets.ts';
import type { WooSide } from '../side.ts';

export const shopStyles = readFileSync(join(import.meta.dirname, 'styles.css'), 'utf8');
export const consentScript = readFileSync(join(import.meta.dirname, 'consent.js'), 'utf8');

/** `€12.50`, as the shop's settings write amounts. */
export function priceText(side: WooSide, minor: number): string {
  const { site } = side.store;
  return `${symbolOf(site.currency)}${(minor / 10 ** site.decimals).toFixed(site.decimals)}`;
}

export interface ShopPage {
  readonly title: string;
  /** pieces in the visitor's cart */
  readonly pieces: number;
  readonly notice?: string;
  /** false: the body has its own */
  readonly heading?: boolean;
  /** what plugins print into the head */
  readonly head?: string;
  /** and below the theme's footer */
  readonly foot?: string;
  /** classes of WooCommerce's pages, such as `woocommerce-cart` */
  readonly classes?: string;
  readonly body: Html;
}

/** A page of the shop in the look of a classic theme. */
export function shopPage(side: WooSide, page: ShopPage): string {
  const { title } = side.store.site;
  return html`<!DOCTYPE html>
    <html lang="en-US">
      <head>
        <meta charset="UTF-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="WooCommerce 11.0.1" />
        <title>${page.title} – ${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/wp-content/themes/classic/style.css" />
        ${{ html: page.head ?? renderWidgets(side, { template: 'page' }).head }}
      </head>
      <body class="woocommerce ${page.classes ?? ''}">
        <header class="site-header">
          <a class="site-title" href="/">${title}</a>
          <form role="search" method="get" action="/shop/">
            <label class="hidden" for="search">Search products</label>
            <input id="search" type="search" name="s" placeholder="Search products…" />
          </form>
          <nav aria-label="Main">
            <a href="/shop/">Shop</a>
            <a href="/my-account/">My account</a>
            <a class="cart-contents" href="/cart/">Cart (${page.pieces})</a>
          </nav>
        </header>
        <main id="main">
          ${page.notice === undefined ? null : html`<div class="woocommerce-message" role="status">${page.notice}</div>`}
          ${page.heading === false ? null : html`<h1 class="entry-title">${page.title}</h1>`} ${page.body}
        </main>
        <footer class="site-footer">
          <p>A pretend WooCommerce store. <a href="/wp-admin/">Store admin</a></p>
        </footer>
        ${{ html: page.foot ?? '' }} ${{ html: consentBar(side) }}
      </body>
    </html>`.html;
}
