import { Hono } from 'hono';
import type { SandboxProduct } from '../model.ts';
import { html } from './html.ts';
import { listPage } from './list-page.ts';
import type { ShellContext } from './routes.ts';

/** List of products with the changes that a merchant makes to them; each one causes its webhooks. */
export function productPages(shell: ShellContext): Hono {
  const app = new Hono();
  app.get('/products', (c) =>
    listPage(shell, c, {
      title: 'Products',
      at: '/products',
      items: [...shell.shop(c).store.products.values()],
      words: (product) => product.title,
      head: html`<th>Product</th>
        <th>Status</th>
        <th>Price, stock and cost of each variant</th>
        <th></th>`,
      row: (product) =>
        html`<td>
            <a href="/products/${product.handle}">${product.title}</a><br /><span class="soft"
              >${product.productType}</span
            >
          </td>
          <td>
            <span class="tag ${product.status === 'ACTIVE' && product.publishedAt !== null ? 'good' : ''}"
              >${product.status === 'ACTIVE' ? (product.publishedAt === null ? 'Unpublished' : 'Active') : product.status.toLowerCase()}</span
            >
          </td>
          <td>
            ${product.variants.map(
              (variant) =>
                html`<form
                  class="row"
                  method="post"
                  action="${shell.base(c)}/products/${product.id}/variants/${variant.id}"
                >
                  <span class="soft">${variant.title === 'Default Title' ? '' : variant.title}</span>
                  <input
                    class="short"
                    name="price"
                    inputmode="decimal"
                    value="${variant.price}"
                    aria-label="Price of ${product.title} ${variant.title}"
                  /><input
                    class="short"
                    name="stock"
                    inputmode="numeric"
                    value="${variant.inventoryQuantity}"
                    aria-label="Stock of ${product.title} ${variant.title}"
                  /><input
                    class="short"
                    name="cost"
                    inputmode="decimal"
                    value="${variant.unitCost ?? ''}"
                    placeholder="cost"
                    aria-label="Unit cost of ${product.title} ${variant.title}"
                  /><button class="button">Save</button>
                </form>`,
            )}
          </td>
          <td>
            <span class="row"
              ><form method="post" action="${shell.base(c)}/products/${product.id}/publish">
                <button class="button">${product.publishedAt === null ? 'Publish' : 'Unpublish'}</button>
              </form>
              <form
                method="post"
                action="${shell.base(c)}/products/${product.id}/delete"
                data-confirm="Delete ${product.title}?"
              >
                <button class="button danger">Delete</button>
              </form></span
            >
          </td>`,
    }),
  );

  const find = (c: Parameters<typeof shell.shop>[0]): SandboxProduct | null =>
    shell.shop(c).store.products.get(c.req.param('id') ?? '') ?? null;

  app.post('/products/:id/variants/:variant', async (c) => {
    const product = find(c);
    const form = await c.req.parseBody();
    const text = (name: string): string => {
      const value = form[name];
      return typeof value === 'string' ? value : '';
    };
    const price = text('price');
    const stock = Number(form['stock']);
    const cost = text('cost');
    if (
      product === null ||
      !/^\d+(\.\d{1,3})?$/.test(price) ||
      !Number.isInteger(stock) ||
      !/^(\d+(\.\d{1,3})?)?$/.test(cost)
    )
      return c.text('Price, stock or cost is not a number.', 400);
    shell.shop(c).store.put('products', {
      ...product,
      variants: product.variants.map((variant) =>
        variant.id === c.req.param('variant')
          ? { ...variant, price, inventoryQuantity: stock, unitCost: cost === '' ? null : cost }
          : variant,
      ),
    });
    return c.redirect(shell.back(c, '/products'), 303);
  });
  app.post('/products/:id/publish', (c) => {
    const product = find(c);
    if (product === null) return c.text('There is no such product.', 404);
    const { store } = shell.shop(c);
    store.put('products', {
      ...product,
      status: 'ACTIVE',
      publishedAt: product.publishedAt === null ? store.now().toISOString() : null,
    });
    return c.redirect(shell.back(c, '/products'), 303);
  });
  app.post('/products/:id/delete', (c) => {
    const product = find(c);
    if (product === null) return c.text('There is no such product.', 404);
    shell.shop(c).store.remove('products', product.id);
    return c.redirect(shell.back(c, '/products'), 303);
  });
  return app;
}
