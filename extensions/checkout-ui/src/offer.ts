/** What the app answers; amounts are minor units of the shop's currency. */
export interface Offer {
  readonly products: readonly OfferedProduct[];
  readonly discount: { readonly basisPoints: number; readonly until: string } | null;
}

export interface OfferedProduct {
  readonly productId: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly price: Money;
  readonly offerPrice: Money | null;
  readonly ticket: string;
}

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Anything with a value that the host keeps current. */
interface Held<T> {
  readonly value: T;
}

interface Line {
  readonly merchandise: { readonly product: { readonly id: string } };
  readonly lineComponents?: readonly { readonly merchandise: { readonly product: { readonly id: string } } }[];
}

/** The part of the host's API that both pages have and this extension reads. */
export interface Host {
  readonly extension: { readonly target: string };
  readonly sessionToken: { get(): Promise<string> };
  readonly lines: Held<readonly Line[]>;
  readonly attributes: Held<readonly { readonly key: string; readonly value?: string | undefined }[] | undefined>;
  readonly localization: { readonly language: Held<{ readonly isoCode: string }> };
  readonly i18n: {
    translate(key: string, values?: Readonly<Record<string, string>>): unknown;
    formatCurrency(amount: number, options: { readonly currency: string }): string;
    formatNumber(value: number, options: Intl.NumberFormatOptions): string;
    formatDate(date: Date, options: Intl.DateTimeFormatOptions): string;
  };
  /** the thank-you page */
  readonly orderConfirmation?: Held<{ readonly order: { readonly id: string } }>;
  /** the order status page; nothing while the order is being made */
  readonly order?: Held<{ readonly id: string } | undefined>;
}

/** As the theme's embed writes it. Buyers can edit the attribute: what is no id is nobody's. */
const visitorId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const digits = (gid: string): string => /\/(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? '';

/** The order's number; '' while the page does not know it. On the thank-you page it is that which the Order will have. */
export const orderIdOf = (host: Host): string =>
  digits((host.orderConfirmation?.value.order ?? host.order?.value)?.id ?? '');

/**
 * What the app is asked, or null where the page does not know its order or its products (yet).
 */
export function questionOf(host: Host): object | null {
  const orderId = orderIdOf(host);
  const bought = host.lines.value.flatMap((line) =>
    [line, ...(line.lineComponents ?? [])].map((one) => digits(one.merchandise.product.id)),
  );
  const known = [...new Set(bought)].filter((id) => id !== '').slice(0, 200);
  if (orderId === '' || known.length === 0) return null;
  const surface = host.extension.target.startsWith('purchase.') ? 'thank-you' : 'order-status';
  // The theme's embed writes it after consent; a shopper without one is asked about without it.
  const named = host.attributes.value?.find(({ key }) => key === '_trellis_visitor')?.value ?? '';
  return { orderId, surface, bought: known, visitorId: visitorId.test(named) ? named : null };
}

/** Asks the app. Null where there is nothing to show, or where the answer did not come: the page is complete without. */
export async function askForOffer(host: Host, origin: string): Promise<Offer | null> {
  const question = questionOf(host);
  if (!question) return null;
  try {
    const response = await fetch(`${origin}/checkout/offers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await host.sessionToken.get()}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
    return response.ok ? ((await response.json()) as { offer: Offer | null }).offer : null;
  } catch {
    // The shopper has paid and needs nothing of ours: a request that failed shows nothing.
    return null;
  }
}

/** `1250 EUR` as the shopper's language writes it. */
export function priceText({ i18n }: Host, { minor, currency }: Money): string {
  const places = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  return i18n.formatCurrency(minor / 10 ** (places ?? 2), { currency });
}
