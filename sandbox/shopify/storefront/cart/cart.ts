import { randomUUID } from 'node:crypto';
import type { SandboxStore } from '../../model.ts';
import { isAvailable } from '../liquid/product-drop.ts';

export interface CartLine {
  /** stable while variant and properties stay the same */
  readonly key: string;
  readonly variantId: string;
  quantity: number;
  readonly properties: Readonly<Record<string, string>>;
}

export interface Cart {
  readonly token: string;
  readonly lines: CartLine[];
  readonly attributes: Record<string, string>;
  codes: string[];
  /** who is logged in, as the cart was last looked at */
  customerId?: string | null;
  /** in which language it was looked at */
  language?: string;
  /** what the pixel has not been told yet */
  readonly events: StorefrontEvent[];
  /** lines that the cart transform made of others, as the cart was last priced: their number and what one takes */
  bundles?: ReadonlyMap<string, { quantity: number; units: readonly { key: string; units: number }[] }>;
}

/** A standard customer event before it gets its envelope. */
export interface StorefrontEvent {
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** A refusal that the Ajax cart API words for the shopper; 422 on Shopify. */
export type CartOutcome = { readonly ok: true } | { readonly ok: false; readonly description: string };

/** Carts live as long as the sandbox runs, as a forgotten cart does on Shopify after ten days. */
export interface Carts {
  find(token: string | undefined): Cart | null;
  create(): Cart;
}

export function createCarts(): Carts {
  const carts = new Map<string, Cart>();
  return {
    find: (token) => carts.get(token ?? '') ?? null,
    create: () => {
      const cart: Cart = { token: randomUUID(), lines: [], attributes: {}, codes: [], events: [] };
      carts.set(cart.token, cart);
      return cart;
    },
  };
}

export interface AddedItem {
  readonly variantId: string;
  readonly quantity: number;
  readonly properties: Readonly<Record<string, string>>;
}

function lineKey(item: Pick<AddedItem, 'variantId' | 'properties'>): string {
  const properties = Object.entries(item.properties).sort(([a], [b]) => a.localeCompare(b));
  return `${item.variantId}:${Buffer.from(JSON.stringify(properties)).toString('base64url')}`;
}

function inCart(cart: Cart, variantId: string): number {
  return cart.lines.reduce((sum, line) => sum + (line.variantId === variantId ? line.quantity : 0), 0);
}

/** Writes cart attributes; an empty value takes one out. */
export function setAttributes(cart: Cart, values: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === '') Reflect.deleteProperty(cart.attributes, key);
    else cart.attributes[key] = value;
  }
}

/** How many of the variant can be in a cart; Infinity where stock is not kept. */
function most(store: SandboxStore, variantId: string): number {
  const variant = store.variant(variantId)?.variant;
  if (!variant) return 0;
  // A bundle can be had as often as its scarcest component.
  if (variant.components !== undefined)
    return Math.min(...variant.components.map((part) => Math.floor(most(store, part.variantId) / part.quantity)));
  return variant.tracked && variant.inventoryPolicy === 'DENY'
    ? Math.max(0, variant.inventoryQuantity)
    : Number.POSITIVE_INFINITY;
}

/** Adds all or, when one of them cannot be had, nothing: so does Shopify's `/cart/add.js`. */
export function addItems(store: SandboxStore, cart: Cart, items: readonly AddedItem[]): CartOutcome {
  const wanted = new Map<string, number>();
  for (const item of items) {
    const found = store.variant(item.variantId);
    if (!found || found.product.status !== 'ACTIVE' || found.product.publishedAt === null) {
      return { ok: false, description: 'Cannot find variant' };
    }
    const sum = (wanted.get(item.variantId) ?? inCart(cart, item.variantId)) + item.quantity;
    wanted.set(item.variantId, sum);
    if (!isAvailable(found.variant))
      return { ok: false, description: `The product '${found.product.title}' is already sold out.` };
    if (sum > most(store, item.variantId)) {
      return {
        ok: false,
        description: `You can only add ${String(most(store, item.variantId))} ${found.product.title} to the cart.`,
      };
    }
  }
  for (const item of items) {
    const key = lineKey(item);
    const line = cart.lines.find((candidate) => candidate.key === key);
    if (line) line.quantity += item.quantity;
    else cart.lines.unshift({ key, variantId: item.variantId, quantity: item.quantity, properties: item.properties });
    tell(store, cart, 'product_added_to_cart', item.variantId, item.quantity);
  }
  return { ok: true };
}

/** Sets a line's quantity; 0 takes it out. More than the stock is cut down to the stock. */
export function changeLine(store: SandboxStore, cart: Cart, key: string, quantity: number): CartOutcome {
  const line = cart.lines.find((candidate) => candidate.key === key);
  const bundle = cart.bundles?.get(key);
  if (!line && bundle) {
    const outcomes = bundle.units.map(({ key: part, units }) => {
      const held = cart.lines.find((candidate) => candidate.key === part)?.quantity ?? 0;
      return changeLine(store, cart, part, Math.max(0, held + (quantity - bundle.quantity) * units));
    });
    return outcomes.find((outcome) => !outcome.ok) ?? { ok: true };
  }
  if (!line) return { ok: false, description: 'no valid id or line parameter' };
  const others = inCart(cart, line.variantId) - line.quantity;
  const next = Math.min(quantity, Math.max(0, most(store, line.variantId) - others));
  const change = next - line.quantity;
  if (change !== 0) {
    tell(
      store,
      cart,
      change > 0 ? 'product_added_to_cart' : 'product_removed_from_cart',
      line.variantId,
      Math.abs(change),
    );
  }
  line.quantity = next;
  if (next === 0) cart.lines.splice(cart.lines.indexOf(line), 1);
  return next === quantity ? { ok: true } : { ok: false, description: `Only ${String(next)} left.` };
}

function tell(store: SandboxStore, cart: Cart, name: string, variantId: string, quantity: number): void {
  const found = store.variant(variantId);
  if (found) cart.events.push({ name, data: { cartLine: { quantity, merchandise: variantData(found) } } });
}

/** `merchandise` of Shopify's customer events. */
export function variantData(found: NonNullable<ReturnType<SandboxStore['variant']>>): Record<string, unknown> {
  const { product, variant } = found;
  return {
    id: variant.id,
    title: variant.title,
    sku: variant.sku,
    price: { amount: Number(variant.price) },
    product: {
      id: product.id,
      title: product.title,
      vendor: product.vendor,
      type: product.productType,
      url: `/products/${product.handle}`,
    },
  };
}
