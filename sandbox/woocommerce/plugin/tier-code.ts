import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { readCustomer } from '../storefront/login.ts';
import type { WooStore } from '../store.ts';
import { metaTextOf } from './access.ts';
import { readPlugin } from './state.ts';

const cookie = 'sandbox_woo_tier_code_out';
const options = { path: '/', sameSite: 'Lax', httpOnly: true } as const;

const published = (store: WooStore, c: Context): string =>
  readPlugin(store) === null
    ? ''
    : metaTextOf(readCustomer(c, store)?.metaData ?? [], '_trellis_tier_code').toLowerCase();

/** The code that the plugin's `Tier_Code` puts into the cart of whoever is logged in; '' = none, or they took it out. */
export function tierCodeFor(store: WooStore, c: Context): string {
  const code = published(store, c);
  return code === getCookie(c, cookie) ? '' : code;
}

/** A code was entered ('' = taken out): who takes the tier's out is not given it again, until they enter it. */
export function noteEntered(store: WooStore, c: Context, { was, is }: { was: string; is: string }): void {
  const code = published(store, c);
  if (code === '') return;
  if (is.trim().toLowerCase() === code) setCookie(c, cookie, '', options);
  else if (is.trim() === '' && was === code) setCookie(c, cookie, code, options);
}
