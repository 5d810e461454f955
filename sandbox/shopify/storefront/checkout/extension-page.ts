import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import type { SandboxOrder } from '../../model.ts';
import { toText } from '../../money.ts';
import { plusPlan } from '../../shop-model.ts';
import type { PricedCart } from '../cart/priced-cart.ts';
import { pricedCartOf, type Storefront } from '../page.ts';
import { customerOf, formText, knownCart, languageOf } from '../visit.ts';
import { appAddress } from '#extensions/checkout-ui/build.ts';
import { signExtensionToken } from './extension-token.ts';

const extensionTargets = {
  checkout: 'purchase.checkout.block.render',
  'thank-you': 'purchase.thank-you.block.render',
  'order-status': 'customer-account.order-status.block.render',
} as const;
type ExtensionPlace = keyof typeof extensionTargets;
type OrderPlace = Exclude<ExtensionPlace, 'checkout'>;

const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** What the host tells an extension of the order, as its API names it. */
function orderFacts(order: SandboxOrder, place: OrderPlace): object {
  return {
    extension: { target: extensionTargets[place] },
    lines: order.lines.map((line) => ({
      id: gid('CartLine', line.id),
      quantity: line.quantity,
      merchandise: {
        id: gid('ProductVariant', line.variantId ?? '0'),
        product: { id: gid('Product', line.productId ?? '0') },
      },
      lineComponents: [],
    })),
    attributes: order.customAttributes,
    ...(place === 'thank-you'
      ? { orderConfirmation: { order: { id: gid('OrderIdentity', order.id) }, isFirstOrder: false } }
      : { order: { id: gid('Order', order.id) } }),
  };
}

/** What the host tells an extension of a cart that is being paid. */
const cartFacts = ({ lines, codes, subtotal, currency }: PricedCart): object => ({
  extension: { target: extensionTargets.checkout },
  subtotal: { amount: Number(toText(subtotal, currency)), currencyCode: currency },
  lines: lines.map(({ key, quantity, product, variant, allocations, orderAllocations }) => ({
    id: gid('CartLine', key),
    discountAllocations: [...allocations, ...orderAllocations].map(({ amount }) => ({
      discountedAmount: { amount: Number(toText(amount, currency)), currencyCode: currency },
    })),
    quantity,
    merchandise: { id: gid('ProductVariant', variant.id), product: { id: gid('Product', product.id) } },
    lineComponents: [],
  })),
  discountCodes: codes.filter(({ applicable }) => applicable).map(({ code }) => ({ code })),
  instructions: { discounts: { canUpdateDiscountCodes: true } },
});

/** The frame in which the checkout runs the app's extension: Shopify has it in the steps of a Plus store only. */
export const checkoutFrame = ({ deps: { store } }: Storefront): string =>
  store.installation !== null && store.shop.planName === plusPlan ? frame('checkout') : '';

/** The frame in which a page after the purchase runs the app's extension; '' where the app is not installed. */
export const extensionFrame = ({ deps: { store } }: Storefront, order: SandboxOrder, place: OrderPlace): string =>
  store.installation === null ? '' : frame(`${place}/${order.id}`);

function frame(path: string): string {
  return `<iframe class="checkout-extension" src="/sandbox/extension/${path}" title="Trellis" scrolling="no" style="display:block;width:100%;max-width:40rem;height:0;border:0;margin-bottom:1.5rem;background:#fff"></iframe>`;
}

/**
 * A small stand-in of the host of Shopify's checkout: a document of its own for each extension, in which the `s-*`
 * elements are plain HTML. On Shopify an extension runs in a worker without a page; here it sees no other page either.
 */
export function extensionPages(front: Storefront, maySee: (order: SandboxOrder, customerId: string | null) => boolean) {
  const app = new Hono();
  const { store } = front.deps;
  const folder = join(front.deps.extensionsFolder, 'checkout-ui');

  app.get('/sandbox/extension.js', async (c) => {
    const text = await readFile(join(folder, 'dist/checkout-ui.js'), 'utf8');
    // Deploying an app fills in its address; this is where the app answers here.
    return c.body(text.replaceAll(await appAddress(), new URL(front.deps.appUrl).origin), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
  });
  app.get('/sandbox/extension-token', (c) =>
    c.text(
      signExtensionToken({
        domain: store.shop.domain,
        apiKey: front.deps.apiKey,
        apiSecret: front.deps.apiSecret,
        customerId: customerOf(c, store)?.id ?? null,
        now: store.now(),
      }),
    ),
  );
  app.get('/sandbox/extension/checkout', async (c) => show(c, cartFacts(await pricedCartOf(front, c))));
  app.get('/sandbox/extension/:place{thank-you|order-status}/:id', (c) => {
    const order = store.orders.get(c.req.param('id'));
    if (!order || !maySee(order, customerOf(c, store)?.id ?? null)) return c.text('not found', 404);
    return show(c, orderFacts(order, c.req.param('place') as OrderPlace));
  });
  // What `applyDiscountCodeChange` asks of the checkout's server.
  app.post('/sandbox/extension/discount', async (c) => {
    const code = formText((await c.req.parseBody())['code']).slice(0, 100);
    const cart = knownCart(c, front.carts);
    if (!cart || code === '') return c.json({ type: 'error', message: 'There is no cart.' });
    const before = [...cart.codes];
    if (!before.some((known) => known.toLowerCase() === code.toLowerCase())) cart.codes.push(code);
    const { codes } = await pricedCartOf(front, c);
    const taken = codes.some((one) => one.applicable && one.code.toLowerCase() === code.toLowerCase());
    if (!taken) cart.codes = before;
    return c.json(taken ? { type: 'success' } : { type: 'error', message: 'The code does not apply.' });
  });
  async function show(c: Context, facts: object): Promise<Response> {
    const language = languageOf(c);
    const read = async (name: string): Promise<string | null> =>
      readFile(join(folder, 'locales', `${name}.json`), 'utf8').catch(() => null);
    const words = (await read(language)) ?? (await read('en.default')) ?? '{}';
    const data = {
      ...facts,
      language,
      words: JSON.parse(words) as unknown,
    };
    const json = JSON.stringify(data).replaceAll('<', '\\u003c');
    return c.html(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Trellis</title>` +
        `<link rel="stylesheet" href="/theme/assets/extension-host.css">` +
        `<script type="application/json" id="facts">${json}</script></head><body>` +
        `<script type="module" src="/theme/assets/extension-host.js"></script></body></html>`,
    );
  }
  return app;
}
