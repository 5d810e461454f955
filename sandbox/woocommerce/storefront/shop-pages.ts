import { Hono, type Context } from 'hono';
import { drawProduct } from '../../shopify/storefront/picture.ts';
import { html } from '../../shopify/admin-shell/html.ts';
import type { WooProduct } from '../model.ts';
import { priceOf, canBeBought } from '../rest/views/product.ts';
import { minorOf } from '../rest/money.ts';
import { mayBuy } from '../plugin/access.ts';
import { renderWidgets } from '../plugin/widgets.ts';
import type { WooSide } from '../side.ts';
import { readCart } from './cart.ts';
import { readCustomer } from './login.ts';
import { priceText, shopPage } from './layout.ts';
import { plainName } from './names.ts';
import { picture } from './picture.ts';

const perPage = 16;
const pieces = (c: Context): number => readCart(c).reduce((sum, line) => sum + line.quantity, 0);

/** What a product costs: one price, or the lowest and highest of its variations. */
function priceRange(side: WooSide, product: WooProduct): string {
  const sold =
    product.type === 'variable' ? product.variationIds.flatMap((id) => side.store.variations.get(id) ?? []) : [product];
  const amounts = sold.map((one) => minorOf(priceOf(one), side.store.site)).filter((amount) => amount !== null);
  const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
  if (amounts.length === 0) return '';
  return low === high ? priceText(side, low) : `${priceText(side, low)} – ${priceText(side, high)}`;
}

/** Home, shop, product and picture addresses. */
export function shopPages(side: WooSide): Hono {
  const app = new Hono();
  const published = (): WooProduct[] => [...side.store.products.values()].filter(({ status }) => status === 'publish');
  const shop = (c: Context, title: string): Response | Promise<Response> => {
    const search = (c.req.query('s') ?? '').toLowerCase();
    const category = [...side.store.categories.values()].find(({ slug }) => slug === c.req.query('product_cat'));
    const found = published().filter(
      (product) =>
        product.name.toLowerCase().includes(search) &&
        (category === undefined || product.categoryIds.includes(category.id)),
    );
    const page = Math.max(1, Math.trunc(Number(c.req.query('paged') ?? '1')) || 1);
    const last = Math.max(1, Math.ceil(found.length / perPage));
    const to = (number: number): string => {
      const query = new URLSearchParams(new URL(c.req.url).search);
      query.set('paged', number.toString());
      return `/shop/?${query.toString()}`;
    };
    const body = html`<p>
        ${[...side.store.categories.values()].map((one) => html`<a href="/shop/?product_cat=${one.slug}">${one.name}</a> `)}
      </p>
      <p class="woocommerce-result-count">${found.length} products</p>
      <ul class="products">
        ${found.slice((page - 1) * perPage, page * perPage).map(
          (product) =>
            html`<li>
              <a href="/product/${product.slug}/">
                ${picture(side, product)}
                <h2>${plainName(product.name)}</h2>
                <span class="price">${priceRange(side, product)}</span>
              </a>
            </li>`,
        )}
      </ul>
      <nav class="pages" aria-label="Pages">
        ${page > 1 ? html`<a href="${to(page - 1)}">Previous</a>` : null}
        <span>${page} of ${last}</span>
        ${page < last ? html`<a href="${to(page + 1)}">Next</a>` : null}
      </nav>`;
    return c.html(shopPage(side, { title: category?.name ?? title, pieces: pieces(c), body }));
  };
  app.get('/', (c) => shop(c, 'Shop'));
  app.get('/shop/', (c) => shop(c, 'Shop'));
  app.get('/shop', (c) => c.redirect('/shop/', 301));
  app.get('/product/:slug/', (c) => {
    const product = published().find(({ slug }) => slug === c.req.param('slug'));
    return product === undefined ? c.notFound() : c.html(productPage(side, product, c));
  });
  app.get('/wp-content/uploads/:file', (c) => {
    const [, id = ''] = /-(\d+)\.svg$/.exec(c.req.param('file')) ?? [];
    const product = side.store.product(Number(id));
    if (product?.picture === null || product === null) return c.notFound();
    const drawn = drawProduct({ id, title: plainName(product.name), productType: product.picture });
    return c.body(drawn, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' });
  });
  return app;
}

function productPage(side: WooSide, product: WooProduct, c: Context): string {
  const added = c.req.query('added');
  const variations = product.variationIds.flatMap((id) => side.store.variations.get(id) ?? []);
  const buyable = product.type === 'variable' ? variations.some(canBeBought) : canBeBought(product);
  const choice =
    product.type === 'variable'
      ? html`<p class="form-row">
          <label for="variation">${product.attributes[0]?.name ?? 'Option'}</label>
          <select id="variation" name="variation_id">
            ${variations
              .filter(canBeBought)
              .map(
                (one) =>
                  html`<option value="${one.id}">
                    ${one.attributes.map(({ option }) => option).join(', ')} –
                    ${priceText(side, minorOf(priceOf(one), side.store.site) ?? 0)}
                  </option>`,
              )}
          </select>
        </p>`
      : null;
  const form = html`<form class="cart" method="post" action="/cart/">
    <input type="hidden" name="add-to-cart" value="${product.id}" />
    ${choice}
    <p class="form-row">
      <label for="quantity">Quantity</label>
      <input id="quantity" name="quantity" type="number" min="1" max="99" value="1" />
    </p>
    <button class="button alt" type="submit">Add to cart</button>
  </form>`;
  const mine = mayBuy(side.store, product, readCustomer(c, side.store)?.id ?? 0);
  const widgets = renderWidgets(side, { template: 'product', product, customer: readCustomer(c, side.store) });
  const body = html`<div class="product">
      <div>${picture(side, product)}</div>
      <div>
        <p class="price">${priceRange(side, product)}</p>
        <p>${plainName(product.description)}</p>
        ${mine ? (buyable ? form : html`<p class="stock">Out of stock</p>`) : null}
        <p class="product_meta">SKU: ${product.sku}</p>
      </div>
    </div>
    ${{ html: widgets.sections }}`;
  return shopPage(side, {
    title: plainName(product.name),
    pieces: pieces(c),
    head: widgets.head,
    foot: widgets.foot,
    classes: 'single-product',
    ...(added === undefined ? {} : { notice: `“${plainName(product.name)}” has been added to your cart.` }),
    body,
  });
}
