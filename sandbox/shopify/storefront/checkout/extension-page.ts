import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { SandboxOrder } from '../../model.ts';
import type { Storefront } from '../page.ts';
import { customerOf, languageOf } from '../visit.ts';
import { appAddress } from '#extensions/checkout-ui/build.ts';
import { signExtensionToken } from './extension-token.ts';

export const extensionTargets = {
  'thank-you': 'purchase.thank-you.block.render',
  'order-status': 'customer-account.order-status.block.render',
} as const;
export type ExtensionPlace = keyof typeof extensionTargets;

const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** What the host tells an extension of the order, as its API names it. */
function facts(order: SandboxOrder, place: ExtensionPlace): object {
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

/** The frame in which a page after the purchase runs the app's extension; '' where the app is not installed. */
export function extensionFrame(front: Storefront, order: SandboxOrder, place: ExtensionPlace): string {
  if (front.deps.store.installation === null) return '';
  return `<iframe class="checkout-extension" src="/sandbox/extension/${place}/${order.id}" title="Trellis" scrolling="no" style="display:block;width:100%;max-width:40rem;height:0;border:0;margin-bottom:1.5rem;background:#fff"></iframe>`;
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
  app.get('/sandbox/extension/:place{thank-you|order-status}/:id', async (c) => {
    const order = store.orders.get(c.req.param('id'));
    if (!order || !maySee(order, customerOf(c, store)?.id ?? null)) return c.text('not found', 404);
    const language = languageOf(c);
    const read = async (name: string): Promise<string | null> =>
      readFile(join(folder, 'locales', `${name}.json`), 'utf8').catch(() => null);
    const words = (await read(language)) ?? (await read('en.default')) ?? '{}';
    const data = {
      ...facts(order, c.req.param('place') as ExtensionPlace),
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
  });
  return app;
}
