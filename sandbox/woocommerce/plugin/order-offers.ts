import { z } from 'zod';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import type { WooSide } from '../side.ts';
import { priceText } from '../storefront/layout.ts';
import { plainName } from '../storefront/names.ts';
import { picture } from '../storefront/picture.ts';
import { askApp } from './app-client.ts';
import { readPlugin } from './state.ts';

const money = z.object({ minor: z.number().int() });
const offered = z.object({ productId: z.string(), ticket: z.string(), price: money, offerPrice: money.nullable() });
const shown = z.object({
  offer: z
    .object({
      products: z.array(offered),
      discount: z.object({ basisPoints: z.number(), until: z.iso.datetime() }).nullable(),
    })
    .nullable(),
});

/** Offers on the page after an order, looking as our plugin prints them: cards whose links open a new cart. */
export async function orderOffers(
  side: WooSide,
  order: {
    readonly id: number;
    readonly customerId: number;
    readonly bought: readonly number[];
    readonly visitor: string;
  },
): Promise<Html | null> {
  const body = {
    orderId: order.id.toString(),
    surface: 'thank-you',
    bought: order.bought.map(String),
    visitorId: order.visitor === '' ? null : order.visitor,
    customerId: order.customerId === 0 ? null : order.customerId.toString(),
  };
  const answer = await askApp(side.store, 'POST', '/plugin/woocommerce/shopper/order-offers', body);
  const read = answer?.status === 200 ? shown.safeParse(JSON.parse(answer.text)) : null;
  const offer = read?.success ? read.data.offer : null;
  const appUrl = readPlugin(side.store)?.connection?.appUrl;
  if (!offer || appUrl === undefined) return null;
  return html`<section class="trellis-offers">
    <h2>Goes well with your order</h2>
    ${
      offer.discount
        ? html`<p>
            ${offer.discount.basisPoints / 100} % off until ${offer.discount.until.slice(0, 16).replace('T', ', ')} UTC,
            once, on a new order.
          </p>`
        : null
    }
    <ul class="products">
      ${offer.products.flatMap(
        (one) => card(side, one, `${appUrl}/checkout/offers/${encodeURIComponent(one.ticket)}`) ?? [],
      )}
    </ul>
  </section>`;
}

function card(side: WooSide, { productId, price, offerPrice }: z.output<typeof offered>, link: string): Html | null {
  const product = side.store.product(Number(productId));
  if (!product) return null;
  const now = offerPrice ?? price;
  return html`<li>
    <a href="${link}" rel="nofollow">
      ${picture(side, product)}
      <h3>${plainName(product.name)}</h3>
      <span class="price">
        ${now.minor < price.minor ? html`<del>${priceText(side, price.minor)}</del> ` : null}${priceText(side, now.minor)}
      </span>
    </a>
    <a class="button" href="${link}" rel="nofollow">Add to a new order</a>
  </li>`;
}
