import { z } from 'zod';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import type { WooProduct } from '../model.ts';
import type { WooSide } from '../side.ts';
import { canBeBought } from '../rest/views/product.ts';
import { priceText } from '../storefront/layout.ts';
import { plainName } from '../storefront/names.ts';
import { picture } from '../storefront/picture.ts';
import { askApp } from './app-client.ts';
import { readPlugin, readSettings } from './state.ts';

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

const most = 3;

function isSold({ store }: WooSide, product: WooProduct): boolean {
  const variations = product.variationIds.flatMap((id) => store.variations.get(id) ?? []);
  return product.type === 'variable' ? variations.some(canBeBought) : canBeBought(product);
}

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
  if (!readSettings(side.store).placements.offers) return null;
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
  const cards = offer.products
    .flatMap((one) => card(side, one, `${appUrl}/checkout/offers/${encodeURIComponent(one.ticket)}`) ?? [])
    .slice(0, most);
  if (cards.length === 0) return null;
  const until = (at: string): string =>
    new Intl.DateTimeFormat('en-US', {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: side.store.site.timeZone,
    }).format(new Date(at));
  return html`<section class="trellis-offers">
    <h2>Goes well with your order</h2>
    ${
      offer.discount
        ? html`<p>
            ${offer.discount.basisPoints / 100} % off until ${until(offer.discount.until)}, once, on a new order.
          </p>`
        : null
    }
    <ul class="products">
      ${cards}
    </ul>
  </section>`;
}

function card(side: WooSide, { productId, price, offerPrice }: z.output<typeof offered>, link: string): Html | null {
  const product = side.store.product(Number(productId));
  if (!product || !isSold(side, product)) return null;
  const now = offerPrice ?? price;
  return html`<li>
    <a href="${link}" rel="nofollow">
      ${picture(side, product)}
      <h3>${plainName(product.name)}</h3>
      <span class="price">
        ${now.minor < price.minor ? html`<del>${priceText(side, price.minor)}</del> ` : null}${priceText(side, now.minor)}
      </span>
    </a>
    <a class="button" href="${link}" rel="nofollow" aria-label="Add to a new order: ${plainName(product.name)}"
      >Add to a new order</a
    >
  </li>`;
}
