import { createHmac, randomUUID } from 'node:crypto';
import { signSessionToken } from '../oauth/session-token.ts';
import type { Shop } from '../shop.ts';
import { html, type Html } from './html.ts';

/** The sandbox's only staff member. */
export const staffUserId = '93000000001';
const sessionId = randomUUID();

export function sessionToken(shop: Shop): string {
  return signSessionToken({
    ...shop.identity,
    domain: shop.store.shop.domain,
    userId: staffUserId,
    sessionId,
    now: shop.store.now(),
  });
}

/** The address of the app inside the admin, with the parameters that Shopify gives its first document. */
export function frameUrl(shop: Shop, path: string, query: URLSearchParams): string {
  const { domain } = shop.store.shop;
  const url = new URL(path.replace(/^\/+/, ''), `${shop.appUrl()}/`);
  for (const [key, value] of query) url.searchParams.append(key, value);
  const given: Readonly<Record<string, string>> = {
    embedded: '1',
    shop: domain,
    host: Buffer.from(`${domain}/admin`).toString('base64').replace(/=+$/, ''),
    locale: 'en',
    session: createHmac('sha256', sessionId).update(domain).digest('hex'),
    timestamp: Math.floor(shop.store.now().getTime() / 1000).toString(),
    id_token: sessionToken(shop),
  };
  for (const [key, value] of Object.entries(given)) url.searchParams.set(key, value);
  const message = [...url.searchParams]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join('&');
  url.searchParams.set('hmac', createHmac('sha256', shop.identity.apiSecret).update(message).digest('hex'));
  return url.href;
}

/** The app in its frame, with the bars that App Bridge fills. */
export function framePage(shop: Shop, base: string, src: string): Html {
  return html`<div class="progress" id="progress"></div>
    <div class="appbar">
      <h1 id="app-title">Trellis</h1>
      <span class="row" id="app-actions"></span>
    </div>
    <iframe
      id="app-frame"
      title="Trellis"
      src="${src}"
      data-base="${base}"
      data-origin="${new URL(shop.appUrl()).origin}"
      data-app-url="${shop.appUrl()}"
      data-shop="${shop.store.shop.domain}"
      allow="clipboard-write"
    ></iframe>
    <div class="savebar" id="save-bar" hidden>
      <span>Unsaved changes</span><button type="button" class="button" id="save-bar-discard">Discard</button
      ><button type="button" class="button main" id="save-bar-save">Save</button>
    </div>
    <dialog id="leave" aria-labelledby="leave-title">
      <header><strong id="leave-title">Leave page with unsaved changes?</strong></header>
      <div class="body">Leaving this page deletes all changes that were not saved.</div>
      <footer>
        <button type="button" class="button" value="stay">Stay</button
        ><button type="button" class="button danger" value="leave">Leave page</button>
      </footer>
    </dialog>
    <dialog id="scopes" aria-labelledby="scopes-title">
      <header><strong id="scopes-title">Trellis asks for more access</strong></header>
      <div class="body"><ul id="scopes-list"></ul></div>
      <footer>
        <button type="button" class="button" value="decline">Decline</button
        ><button type="button" class="button main" value="allow">Allow</button>
      </footer>
    </dialog>
    <dialog id="picker" aria-labelledby="picker-title">
      <header>
        <strong id="picker-title">Select products</strong
        ><button type="button" class="button" value="cancel">Close</button>
      </header>
      <div class="body">
        <label for="picker-search" id="picker-search-label">Search products</label>
        <input id="picker-search" type="search" autocomplete="off" />
        <div id="picker-list"></div>
      </div>
      <footer>
        <span class="soft" id="picker-count"></span
        ><button type="button" class="button main" value="select">Select</button>
      </footer>
    </dialog>`;
}
