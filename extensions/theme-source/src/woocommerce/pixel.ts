/**
 * WooCommerce's counterpart of the web pixel that Shopify runs: views, searches, and what happens to the cart, told
 * after consent; and whose the cart is. The first script loads it then; taking consent back deletes the visitor's id,
 * and nothing is sent without one.
 */
import { readCart, watchCart } from './cart.ts';
import { watchConsent } from './consent.ts';
import { markVisitor } from './mark-visitor.ts';
import { embedConfig } from '../page.ts';
import { readVisitor } from '../visitor.ts';

interface Told {
  kind: 'view' | 'search' | 'cart-add' | 'cart-remove' | 'checkout' | 'purchase';
  productId?: string;
  query?: string;
  quantity?: number;
}
/** Units of each product. */
type Units = Record<string, number>;
interface Known {
  /** WooCommerce's own mark of what the cart holds */
  hash: string;
  units: Units;
  /** the checkout of this very cart was told */
  checkout: boolean;
}

const knownKey = '_trellis_cart';
/** Longest search text that is sent: more is a paste, not a search. */
const longestQuery = 200;
/** The endpoint takes at most 100 events a batch. */
const mostPerBatch = 100;

const config = embedConfig();
const isPage = (name: string): boolean => document.body.classList.contains(`woocommerce-${name}`);
const cookieHash = (): string => /woocommerce_cart_hash=(\w*)/.exec(document.cookie)?.[1] ?? '';

function send(told: readonly Told[]): void {
  const visitorId = readVisitor();
  if (!config?.signals || !visitorId || told.length === 0) return;
  const at = new Date().toISOString();
  const events = told.slice(0, mostPerBatch).map((each) => ({ id: crypto.randomUUID(), ...each, at }));
  navigator.sendBeacon(config.endpoint, JSON.stringify({ shopId: config.shopId, visitorId, events }));
}

function known(): Known {
  return JSON.parse(localStorage.getItem(knownKey) ?? '{"hash":"","units":{},"checkout":false}') as Known;
}

const listed = (kind: Told['kind'], units: Units): Told[] =>
  Object.entries(units).map(([productId, quantity]) => ({ kind, productId, quantity }));

/** Compares the cart with what this browser knew of it: an add by an ordinary form leaves nothing else to see. */
async function follow(): Promise<void> {
  const before = known();
  // The order's page has an empty cart: nothing was taken out of it.
  if (isPage('order-received')) {
    send(listed('purchase', before.units));
    localStorage.removeItem(knownKey);
    return;
  }
  if (!readVisitor()) return;
  let now = before;
  if (cookieHash() !== before.hash) {
    const cart = await readCart();
    if (!cart) return;
    now = { hash: cookieHash(), units: {}, checkout: false };
    for (const { product_id: id, quantity } of cart.items) now.units[id] = (now.units[id] ?? 0) + quantity;
    const changes = Object.keys({ ...before.units, ...now.units }).flatMap((productId): Told[] => {
      const more = (now.units[productId] ?? 0) - (before.units[productId] ?? 0);
      return more ? [{ kind: more > 0 ? 'cart-add' : 'cart-remove', productId, quantity: Math.abs(more) }] : [];
    });
    send(changes);
  }
  if (isPage('checkout') && !now.checkout) {
    now.checkout = true;
    send(listed('checkout', now.units));
  }
  localStorage.setItem(knownKey, JSON.stringify(now));
}

const query = new URLSearchParams(location.search).get('s')?.trim().slice(0, longestQuery);
send([
  ...(config?.product ? [{ kind: 'view' as const, productId: config.product }] : []),
  ...(query ? [{ kind: 'search' as const, query }] : []),
]);
let turn = Promise.resolve();
/** One after the other: two that read the same cart would both tell what was added. */
const changed = (): void => {
  turn = turn.then(async () => {
    await markVisitor(readVisitor() ?? '');
    await follow();
  });
};
changed();
watchCart(changed);
watchConsent((allowed) => {
  if (allowed) return;
  localStorage.removeItem(knownKey);
  changed();
});
