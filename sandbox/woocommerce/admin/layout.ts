import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import type { WooSide } from '../side.ts';

export const adminStyles = readFileSync(join(import.meta.dirname, 'styles.css'), 'utf8');

export const addresses = {
  orders: '/wp-admin/admin.php?page=wc-orders',
  products: '/wp-admin/edit.php?post_type=product',
  keys: '/wp-admin/admin.php?page=wc-settings&tab=advanced&section=keys',
  webhooks: '/wp-admin/admin.php?page=wc-settings&tab=advanced&section=webhooks',
  trellis: '/wp-admin/admin.php?page=trellis',
  sandbox: '/wp-admin/admin.php?page=sandbox',
} as const;
export type Place = keyof typeof addresses;

const menu: readonly (readonly [place: Place, label: string])[] = [
  ['orders', 'Orders'],
  ['products', 'Products'],
  ['keys', 'REST API keys'],
  ['webhooks', 'Webhooks'],
  ['trellis', 'Trellis'],
];

/** A page of the admin in the look of WordPress: the bar, the menu and the content. */
export function adminPage(side: WooSide, at: Place, title: string, body: Html): string {
  const item = ([place, label]: (typeof menu)[number]): Html =>
    html`<li><a href="${addresses[place]}" ${place === at ? html`aria-current="page"` : null}>${label}</a></li>`;
  return html`<!DOCTYPE html>
    <html lang="en-US">
      <head>
        <meta charset="UTF-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} ‹ ${side.store.site.title} — WordPress</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/wp-admin/css/admin.css" />
      </head>
      <body class="wp-admin">
        <div id="wpadminbar"><a href="/">${side.store.site.title}</a><span>Howdy, owner</span></div>
        <nav id="adminmenu" aria-label="Main menu">
          <p>WooCommerce</p>
          <ul>
            ${menu.map(item)}
          </ul>
          <p>Tools of this sandbox</p>
          <ul>
            ${item(['sandbox', 'Faults and queue'])}
          </ul>
        </nav>
        <main id="wpbody">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.html;
}
