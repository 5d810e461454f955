import type { Context } from 'hono';
import { z } from 'zod';
import { permalink } from '../rest/views/product.ts';
import type { WooSide } from '../side.ts';
import { priceCart, readCart, shopperOf, writeVisitor } from '../storefront/cart.ts';
import { plainName } from '../storefront/names.ts';
import { askApp } from './app-client.ts';
import { readPlugin } from './state.ts';

/** The one nonce of this site: it stands for WordPress' own, which changes with the session and the day. */
const nonce = 'a1b2c3d4e5';
const extension = z.object({
  namespace: z.literal('trellis'),
  data: z.object({ visitor: z.union([z.literal(''), z.uuid()]) }),
});

const suggested = z.object({ productId: z.string() }).loose();
const answered = z.object({ suggestions: z.array(suggested) }).loose();

/**
 * What scripts of a shop's pages ask the REST API without a key: the Store API's cart and our plugin's own route. Null
 * where the address is none of these.
 * @param route below the API's root
 */
export async function browserRest(side: WooSide, c: Context, route: string): Promise<Response | null> {
  switch (`${c.req.method} ${route}`) {
    case 'GET /wc/store/v1/cart':
      return c.json(storeCart(side, c), 200, { nonce, 'cache-control': 'no-store' });
    case 'POST /wc/store/v1/cart/extensions': {
      if (c.req.header('nonce') !== nonce)
        return c.json({ code: 'woocommerce_rest_invalid_nonce', message: 'Invalid nonce provided.' }, 403);
      const told = extension.safeParse(await c.req.json<unknown>().catch(() => null));
      if (!told.success || readPlugin(side.store) === null)
        return c.json({ code: 'woocommerce_rest_cart_extensions_error', message: 'There is no such extension.' }, 400);
      writeVisitor(c, told.data.data.visitor);
      return c.json(storeCart(side, c), 200, { nonce });
    }
    case 'GET /trellis/v1/cart':
      return suggestions(side, c);
    default:
      return null;
  }
}

function storeCart(side: WooSide, c: Context) {
  const { store } = side;
  const cart = priceCart(store, readCart(c), shopperOf(store, c));
  return {
    items: cart.lines.map(({ line, product, sold, amount }) => ({
      id: sold.id,
      name: plainName(product.name),
      quantity: line.quantity,
      prices: {
        price: Math.round(amount / line.quantity).toString(),
        currency_code: store.site.currency,
        currency_minor_unit: store.site.decimals,
      },
      totals: { line_subtotal: amount.toString(), line_subtotal_tax: '0' },
      extensions: { trellis: { product: product.id, counts: true } },
    })),
    items_count: cart.lines.reduce((sum, { line }) => sum + line.quantity, 0),
    totals: { total_price: cart.total.toString(), currency_minor_unit: store.site.decimals },
  };
}

/** Handed on to the app; who is logged in is WordPress' own knowledge. */
async function suggestions(side: WooSide, c: Context): Promise<Response> {
  const query = new URLSearchParams();
  for (const name of ['products', 'limit', 'visitor', 'box', 'widget']) {
    const value = c.req.query(name);
    if (value !== undefined) query.set(name, value);
  }
  const answer = await askApp(side.store, 'GET', `/plugin/woocommerce/shopper/cart?${query.toString()}`);
  const read = answer?.status === 200 ? answered.safeParse(JSON.parse(answer.text)) : null;
  if (!read?.success) return c.json({ suggestions: [] }, 503);
  return c.json({ ...read.data, suggestions: withAddresses(side, read.data.suggestions) }, 200, {
    'cache-control': 'no-store',
  });
}

/** With the addresses that the store itself gives its products; what shoppers may not see any more falls away. */
function withAddresses(side: WooSide, suggestions: readonly z.output<typeof suggested>[]) {
  return suggestions.flatMap((one) => {
    const product = side.store.product(Number(one.productId));
    return product?.status === 'publish' ? [{ ...one, url: permalink(side.context, product) }] : [];
  });
}
