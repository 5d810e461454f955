import { type Host, orderIdOf } from './offer.ts';

/** What the app says of the order's points, in the buyer's language. */
export interface OrderPoints {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: { readonly text: string; readonly address: string };
}

/** Asks the app. Null where there is nothing to say, or where the answer did not come: the page is complete without. */
export async function askForPoints(host: Host, origin: string): Promise<OrderPoints | null> {
  const orderId = orderIdOf(host);
  if (orderId === '') return null;
  try {
    const response = await fetch(`${origin}/checkout/points`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await host.sessionToken.get()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ orderId, locale: host.localization.language.value.isoCode }),
    });
    return response.ok ? ((await response.json()) as { points: OrderPoints | null }).points : null;
  } catch {
    // The shopper has paid and needs nothing of ours: a request that failed shows nothing.
    return null;
  }
}
