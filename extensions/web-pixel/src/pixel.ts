/**
 * Behaviour of the visitor outside our own blocks. Shopify loads the pixel only for visitors who permit
 * analytics, and tells it when that changes. The theme embed tells impressions and clicks of our blocks; the
 * two share the visitor id and never the same kind of event.
 */

/** Key of the visitor id in the storefront's storage; the theme embed uses the same one. */
export const visitorKey = '_trellis_visitor';
const mostPerBatch = 100;
/** Longest search text that is sent: more is a paste, not a search. */
const longestQuery = 200;

type Kind = 'view' | 'search' | 'cart-add' | 'cart-remove' | 'checkout' | 'purchase';

interface Signal {
  id: string;
  kind: Kind;
  productId?: string;
  query?: string;
  quantity?: number;
  at: string;
}

/** The part of an event that this pixel reads; every name may be missing in Shopify's data. */
interface PixelEvent {
  timestamp?: string;
  data?: {
    productVariant?: VariantData;
    cartLine?: LineData | null;
    searchResult?: { query?: string };
    checkout?: { lineItems?: { quantity?: number; variant?: VariantData | null }[] };
  };
}
interface VariantData {
  product?: { id?: string | null } | null;
}
interface LineData {
  quantity?: number;
  merchandise?: VariantData | null;
}

/** What the pixel needs of Shopify's `register` callback. */
export interface PixelApi {
  analytics: { subscribe(name: string, run: (event: unknown) => void): unknown };
  browser: {
    localStorage: {
      getItem(key: string): Promise<string | null>;
      setItem(key: string, value: string): Promise<unknown>;
    };
    sendBeacon(url: string, body?: string): Promise<boolean>;
  };
  init: { customerPrivacy?: { analyticsProcessingAllowed?: boolean } };
  settings: Record<string, unknown>;
  customerPrivacy?: {
    subscribe(name: 'visitorConsentCollected', run: (event: unknown) => void): unknown;
  };
}

/** Subscribes to the standard events and sends them in batches. */
export function startPixel(api: PixelApi, newId: () => string): void {
  const { analytics, browser, init, settings } = api;
  const shopId = textOf(settings['shopId']);
  const endpoint = textOf(settings['endpoint']);
  let allowed = init.customerPrivacy?.analyticsProcessingAllowed !== false;
  let queue: Signal[] = [];

  const flush = async (): Promise<void> => {
    if (!allowed || queue.length === 0) return;
    const events = queue.splice(0, mostPerBatch);
    const visitorId = await sharedVisitor(browser.localStorage, newId);
    if (allowed) await browser.sendBeacon(endpoint, JSON.stringify({ shopId, visitorId, events }));
  };

  // Each event goes at once, with all its products in one batch: a page that is left takes its timers with it.
  const on = (name: string, read: (event: PixelEvent) => Omit<Signal, 'id' | 'at'>[]): void => {
    analytics.subscribe(name, (event) => {
      if (!allowed) return;
      const known = event as PixelEvent;
      const at = known.timestamp ?? new Date().toISOString();
      for (const signal of read(known)) queue.push({ id: newId(), ...signal, at });
      void flush();
    });
  };

  on('product_viewed', ({ data }) => ofProduct('view', data?.productVariant));
  on('search_submitted', ({ data }) => {
    const query = data?.searchResult?.query?.trim().slice(0, longestQuery);
    return query ? [{ kind: 'search', query }] : [];
  });
  on('product_added_to_cart', ({ data }) => ofLine('cart-add', data?.cartLine));
  on('product_removed_from_cart', ({ data }) => ofLine('cart-remove', data?.cartLine));
  on('checkout_started', ({ data }) => ofCheckout('checkout', data));
  on('checkout_completed', ({ data }) => ofCheckout('purchase', data));

  api.customerPrivacy?.subscribe('visitorConsentCollected', (event) => {
    allowed = consentOf(event);
    if (!allowed) queue = [];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function consentOf(event: unknown): boolean {
  const privacy = (event as { customerPrivacy?: { analyticsProcessingAllowed?: boolean } }).customerPrivacy;
  return privacy?.analyticsProcessingAllowed === true;
}

function ofProduct(kind: Kind, variant: VariantData | null | undefined): Omit<Signal, 'id' | 'at'>[] {
  const productId = numericId(variant?.product?.id);
  return productId ? [{ kind, productId }] : [];
}

function ofLine(kind: Kind, line: LineData | null | undefined): Omit<Signal, 'id' | 'at'>[] {
  return ofProduct(kind, line?.merchandise).map((signal) => ({ ...signal, quantity: line?.quantity ?? 1 }));
}

function ofCheckout(kind: Kind, data: PixelEvent['data']): Omit<Signal, 'id' | 'at'>[] {
  return (data?.checkout?.lineItems ?? []).flatMap((line) =>
    ofProduct(kind, line.variant).map((signal) => ({ ...signal, quantity: line.quantity ?? 1 })),
  );
}

/** Shopify gives product ids as digits or as gid://shopify/Product/<digits>. */
function numericId(id: string | null | undefined): string | null {
  return /(\d+)$/.exec(id ?? '')?.[1] ?? null;
}

/**
 * The id that the theme embed made, or a new one. The pixel reads again after writing, so that both sides
 * settle on whatever stands in the storage when they start at the same moment.
 */
async function sharedVisitor(storage: PixelApi['browser']['localStorage'], newId: () => string): Promise<string> {
  const known = await storage.getItem(visitorKey);
  if (known) return known;
  const made = newId();
  await storage.setItem(visitorKey, made);
  return (await storage.getItem(visitorKey)) ?? made;
}
