import { join } from 'node:path';
import { widgets } from '#app/shared/widgets/registry.ts';
import { type Block, readBlocks } from '../../shopify/storefront/extension-blocks.ts';
import { createRenderer } from '../../shopify/storefront/liquid/engine.ts';
import type { PluginPlace, PluginSettings, WooCustomer, WooProduct } from '../model.ts';
import type { WooSide } from '../side.ts';
import type { priceCart } from '../storefront/cart.ts';
import { cartDrop, customerDrop, moneyPattern, productDrop, shopMeta } from './drops.ts';
import { readPlugin, readSettings } from './state.ts';

const folder = join(import.meta.dirname, '../../../extensions/theme-app-extension');
export const pluginAssets = join(import.meta.dirname, '../../../extensions/woocommerce-plugin/assets');
/** Where WordPress serves the plugin's files. */
export const assetBase = '/wp-content/plugins/trellis-for-woocommerce/assets';
export const consentUrl = '/wp-content/plugins/consent/consent.js';
/** The plugin's own address that takes the widgets' forms. */
export const cartAddUrl = '/?trellis=add';

/** The page of points and rewards. */
export const rewardsUrl = '/?trellis_page=rewards';

export interface Widgets {
  readonly head: string;
  /** what the plugin's hooks put below a product */
  readonly sections: string;
  /** what it prints below the theme's footer */
  readonly foot: string;
}

export interface WidgetPage {
  readonly template: 'product' | 'cart' | 'page';
  readonly product?: WooProduct;
  /** who is logged in */
  readonly customer?: Pick<WooCustomer, 'id' | 'metaData'> | null;
  /** on the cart's own page */
  readonly cart?: ReturnType<typeof priceCart>;
}

const none: Widgets = { head: '', sections: '', foot: '' };

/** Which choice of the merchant a block obeys. */
const placeOf: Readonly<Record<string, PluginPlace>> = {
  'bought-together': 'together',
  bundle: 'bundle',
  'build-a-box': 'bundle',
  'earn-points': 'points',
  'rewards-launcher': 'launcher',
  'cart-points': 'points',
};

/** What Liquid sees on a page. */
function globalsOf(side: WooSide, page: WidgetPage) {
  return {
    template: page.template,
    shop: { name: side.store.site.title, currency: side.store.site.currency, money_format: moneyPattern(side) },
    cart: cartDrop(side, page.cart ?? null),
    product: page.product ? productDrop(side, page.product) : null,
    customer: page.customer ? customerDrop(page.customer) : null,
    request: { locale: { iso_code: 'en' } },
    routes: {
      root_url: restRoot(side),
      cart_url: '/cart/',
      cart_add_url: cartAddUrl,
      account_login_url: '/my-account/',
      trellis_main: '.trellis-cart',
      trellis_rewards: rewardsUrl,
    },
    app: { metafields: shopMeta(side) },
  };
}

/** The line of points above the checkout's form, which leads back to it; '' for guests. */
export function checkoutPoints(side: WooSide, page: Omit<WidgetPage, 'template'>): string {
  if (!readPlugin(side.store)?.storefront || !readSettings(side.store).placements.points || !page.customer) return '';
  const globals = globalsOf(side, { ...page, template: 'page' });
  const block = readBlocks(join(folder, 'blocks')).find(({ handle }) => handle === 'cart-points');
  const scope = { block: { id: 'trellis-cart-points', settings: {}, shopify_attributes: '' } };
  const routes = { ...globals.routes, trellis_back: 'checkout' };
  return createRenderer(folder, assetBase).render(block?.template ?? '', scope, { ...globals, routes });
}

/** The plugin's widgets for a page: the same Liquid as in the other platform's themes. */
export function renderWidgets(side: WooSide, page: WidgetPage): Widgets {
  if (!readPlugin(side.store)?.storefront) return none;
  const { consent, placements } = readSettings(side.store);
  const renderer = createRenderer(folder, assetBase);
  const globals = globalsOf(side, page);
  const { product } = globals;
  const parts = { section: '', head: '', body: '' };
  for (const block of readBlocks(join(folder, 'blocks'))) {
    const { enabled_on: places, target } = block.schema;
    if (places ? !places.templates.includes(page.template) : target === 'section' && product === null) continue;
    const place = placeOf[block.handle];
    if (place && !placements[place]) continue;
    const chosen = target !== 'head' ? {} : embedSettings(consent, placements.cart);
    const scope = {
      block: {
        id: `trellis-${block.handle}`,
        settings: { ...settingsOf(block, product), ...chosen },
        shopify_attributes: '',
      },
    };
    parts[target] += renderer.render(block.template, scope, globals);
  }
  const scripts = `${consentParts[consent]}<script src="${assetBase}/trellis.js" defer></script>`;
  return { head: scripts + parts.head, sections: parts.section, foot: parts.body };
}

/** Who asks for consent stands before everything that asks for it: the shop's own tool, or the plugin's bar. */
const consentParts: Readonly<Record<PluginSettings['consent'], string>> = {
  tool: `<script src="${consentUrl}"></script>`,
  bar: `<link rel="stylesheet" href="${assetBase}/consent-bar.css"><script src="${assetBase}/consent-bar.js" defer></script>`,
  off: '',
};

/** As the plugin's `Embed::settings` says. */
const embedSettings = (consent: PluginSettings['consent'], cart: boolean): Record<string, boolean> => ({
  ...Object.fromEntries(widgets.flatMap(({ setting }) => (setting === null ? [] : [[setting, cart]]))),
  signals: consent !== 'off',
});

/** The plugin's own bar, which its script shows where nobody has answered yet; nothing where another asks. */
export function consentBar({ store }: WooSide): string {
  const used = readPlugin(store)?.storefront && readSettings(store).consent === 'bar';
  return used
    ? `<section class="trellis-consent" id="trellis-consent" aria-labelledby="trellis-consent-text" hidden>
        <p id="trellis-consent-text">May we count what is looked at and bought here, to suggest better things? Nothing is stored before you agree.</p>
        <p><button type="button" class="button" data-consent="deny">No</button>
        <button type="button" class="button" data-consent="allow">Yes</button></p>
      </section>`
    : '';
}

function settingsOf(block: Block, product: unknown): Record<string, unknown> {
  return Object.fromEntries(
    block.schema.settings.flatMap(({ id, type, default: preset, autofill }) =>
      id === undefined ? [] : [[id, type === 'product' ? (autofill ? product : null) : (preset ?? null)]],
    ),
  );
}

/** As a path; scripts hang their routes onto it. */
export const restRoot = (side: WooSide): string =>
  side.faults.plainPermalinks ? '/index.php?rest_route=/' : '/wp-json/';
