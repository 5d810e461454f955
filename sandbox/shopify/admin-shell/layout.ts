import type { Shop } from '../shop.ts';
import { html, type Html } from './html.ts';

export interface ShellPage {
  readonly shop: Shop;
  /** where this store's admin is, without a slash at the end */
  readonly base: string;
  readonly title: string;
  /** path of the current entry in the menu, below `base` */
  readonly at: string;
  readonly body: Html;
  readonly framed?: boolean;
}

const entries: readonly (readonly [path: string, label: string])[] = [
  ['/products', 'Products'],
  ['/orders', 'Orders'],
  ['/customers', 'Customers'],
  ['/themes/current/editor', 'Online store'],
  ['/apps', 'Apps'],
];
const tools: readonly (readonly [path: string, label: string])[] = [
  ['/webhooks', 'Webhook deliveries'],
  ['/faults', 'Faults'],
];

/** A page of the pretend store admin, as a whole document. */
export function shellPage(page: ShellPage): string {
  const { store } = page.shop;
  const link = ([path, label]: readonly [string, string]): Html =>
    html`<a href="${page.base}${path}" ${page.at === path ? html` aria-current="page"` : ''}>${label}</a>`;
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${page.title} · ${store.shop.name}</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/sandbox-admin/styles.css"></head>
<body>
<header class="top"><strong>${store.shop.name}</strong><span class="note">Sandbox store admin</span><button class="menu" type="button" aria-expanded="false" aria-controls="menu">Menu</button></header>
<nav class="side" id="menu" aria-label="Store admin">
${entries.map(link)}
${
  store.installation === null
    ? html``
    : html`<h2>Trellis</h2>
        <div class="sub" id="app-nav">
          <a href="${page.base}/apps/trellis" ${page.at === '/apps/trellis' ? html` aria-current="page"` : ''}
            >Trellis</a
          >
        </div>`
}
<h2>Sandbox</h2>${tools.map(link)}<a href="/">Visit the storefront</a><a href="/mailbox">Mailbox</a>
</nav>
<main${page.framed === true ? html` class="framed"` : ''} id="main">${page.body}</main>
<div class="toasts" role="status" aria-live="polite" id="toasts"></div>
<script src="/sandbox-admin/shell.js"></script>
</body></html>`;
  return document.html;
}

/** A button that posts. */
export function postButton(
  action: string,
  label: string,
  fields: Readonly<Record<string, string>> = {},
  kind: 'main' | 'danger' | '' = '',
  confirm: string | null = null,
): Html {
  return html`<form method="post" action="${action}" ${confirm === null ? '' : html` data-confirm="${confirm}"`}>
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}<button
      class="button ${kind}"
    >
      ${label}
    </button>
  </form>`;
}
