import { z } from 'zod';
import { type Html, html } from '../../shopify/admin-shell/html.ts';
import type { WooSide } from '../side.ts';
import { askApp } from './app-client.ts';
import { readPlugin, readSettings } from './state.ts';

const shown = z.object({
  points: z
    .object({
      title: z.string(),
      lines: z.array(z.string()),
      link: z.object({ text: z.string(), address: z.string() }),
    })
    .nullable(),
});

/** What an order brought in points, as our plugin prints it. */
export async function orderPoints(
  { store }: WooSide,
  order: { readonly id: number; readonly userId: number },
): Promise<Html | null> {
  if (!readSettings(store).placements.points || !readPlugin(store)?.storefront?.['earn']) return null;
  const answer = await askApp(store, 'POST', '/plugin/woocommerce/shopper/order-points', {
    orderId: order.id.toString(),
    customerId: order.userId === 0 ? null : order.userId.toString(),
    locale: 'en_US',
  });
  const read = answer?.status === 200 ? shown.safeParse(JSON.parse(answer.text)) : null;
  const points = read?.success ? read.data.points : null;
  if (!points) return null;
  return html`<section class="trellis-points">
    <h2>${points.title}</h2>
    ${points.lines.map((line) => html`<p>${line}</p>`)}
    <p><a class="button" href="${points.link.address}">${points.link.text}</a></p>
  </section>`;
}
