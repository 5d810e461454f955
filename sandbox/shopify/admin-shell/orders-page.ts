import { Hono } from 'hono';
import { financialStatus } from '../admin-api/orders.ts';
import { html } from './html.ts';
import { postButton } from './layout.ts';
import type { ShellContext } from './routes.ts';

const pageSize = 40;

/** Orders with refund and cancel, and customers with what privacy laws let them ask for. */
export function orderPages(shell: ShellContext): Hono {
  const app = new Hono();
  app.get('/orders', (c) => {
    const { store } = shell.shop(c);
    const base = shell.base(c);
    const page = Math.max(1, Number(c.req.query('page') ?? '1') || 1);
    const orders = [...store.orders.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    return c.html(
      shell.page(
        c,
        'Orders',
        '/orders',
        html`<h1>Orders</h1>
          <div class="card scroll">
            <table>
              <thead>
                <tr>
                  <th>Order</th>
                  <th>Date</th>
                  <th>Customer</th>
                  <th class="num">Total</th>
                  <th>State</th>
                </tr>
              </thead>
              <tbody>
                ${orders.slice((page - 1) * pageSize, page * pageSize).map(
                  (order) =>
                    html`<tr>
                      <td><a href="${base}/orders/${order.id}">${order.name}</a></td>
                      <td>${order.createdAt.slice(0, 16).replace('T', ' ')}</td>
                      <td>${order.email ?? 'Guest'}</td>
                      <td class="num">${order.total} ${order.currency}</td>
                      <td>
                        <span class="tag"
                          >${order.cancelledAt === null ? financialStatus(order).toLowerCase().replace('_', ' ') : 'cancelled'}</span
                        >
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
          <p class="row">
            ${page > 1 ? html`<a class="button" href="?page=${page - 1}">Previous</a>` : ''}${orders.length > page * pageSize ? html`<a class="button" href="?page=${page + 1}">Next</a>` : ''}<span
              class="soft"
              >${orders.length} orders</span
            >
          </p>`,
      ),
    );
  });

  app.get('/orders/:id', (c) => {
    const { store } = shell.shop(c);
    const order = store.orders.get(c.req.param('id'));
    if (order === undefined) return c.text('There is no such order.', 404);
    const action = `${shell.base(c)}/orders/${order.id}`;
    return c.html(
      shell.page(
        c,
        order.name,
        '/orders',
        html`<p><a href="${shell.base(c)}/orders">Orders</a></p>
          <h1>
            ${order.name}
            <span class="tag"
              >${order.cancelledAt === null ? financialStatus(order).toLowerCase().replace('_', ' ') : 'cancelled'}</span
            >
          </h1>
          <form method="post" action="${action}/refund" class="card">
            <h2>Items</h2>
            <div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th>Item</th>
                    <th class="num">Price</th>
                    <th class="num">Quantity</th>
                    <th class="num">Discount</th>
                    <th>Refund</th>
                  </tr>
                </thead>
                <tbody>
                  ${order.lines.map(
                    (line) =>
                      html`<tr>
                        <td>
                          ${line.title}<br /><span class="soft"
                            >${line.customAttributes.map(({ key, value }) => `${key}: ${value}`).join(', ')}</span
                          >
                        </td>
                        <td class="num">${line.price}</td>
                        <td class="num">
                          ${line.quantity}${line.refundedQuantity > 0 ? html` <span class="tag">${line.refundedQuantity} refunded</span>` : ''}
                        </td>
                        <td class="num">${line.discountAllocations.map((part) => part.amount).join(', ') || '–'}</td>
                        <td>
                          ${order.cancelledAt === null && line.refundedQuantity < line.quantity ? html`<input class="short" type="number" min="0" max="${line.quantity - line.refundedQuantity}" name="line-${line.id}" value="0" aria-label="Refund ${line.title}" />` : '–'}
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            <p class="row spread">
              <span
                >Subtotal ${order.subtotal}, shipping ${order.totalShipping}, total
                <strong>${order.total} ${order.currency}</strong>, refunded ${order.totalRefunded}</span
              >
              <span class="row"
                ><label><input type="checkbox" name="restock" value="1" checked /> Restock</label
                ><button class="button" ${order.cancelledAt === null ? '' : html` disabled`}>Refund</button></span
              >
            </p>
          </form>
          ${
            order.discountApplications.length === 0
              ? ''
              : html`<div class="card">
                  <h2>Discounts</h2>
                  ${order.discountApplications.map((applied) => html`<p>${applied.title} <span class="tag">${applied.targetClass.toLowerCase()}</span></p>`)}
                </div>`
          }
          <div class="row">
            ${order.cancelledAt === null ? postButton(`${action}/cancel`, 'Cancel order', {}, 'danger', `Cancel ${order.name}?`) : ''}${postButton(`${action}/delete`, 'Delete order', {}, 'danger', `Delete ${order.name}?`)}
          </div>`,
      ),
    );
  });
  app.post('/orders/:id/refund', async (c) => {
    const form = await c.req.parseBody();
    const lines = Object.entries(form).flatMap(([name, value]) =>
      name.startsWith('line-') && Number(value) > 0 ? [{ lineId: name.slice(5), quantity: Number(value) }] : [],
    );
    const order = shell.shop(c).store.orders.get(c.req.param('id'));
    const possible =
      order?.cancelledAt === null &&
      lines.length > 0 &&
      lines.every(({ lineId, quantity }) => {
        const line = order.lines.find((candidate) => candidate.id === lineId);
        return line !== undefined && Number.isInteger(quantity) && quantity <= line.quantity - line.refundedQuantity;
      });
    if (!possible) return c.text('Choose how many pieces are refunded, at most those that are left.', 400);
    shell.shop(c).store.refundOrder(c.req.param('id'), lines, form['restock'] === '1');
    return c.redirect(`${shell.base(c)}/orders/${c.req.param('id')}`, 303);
  });
  app.post('/orders/:id/cancel', (c) => {
    const { store } = shell.shop(c);
    if (store.orders.get(c.req.param('id'))?.cancelledAt !== null)
      return c.text('This order cannot be cancelled.', 400);
    store.cancelOrder(c.req.param('id'));
    return c.redirect(`${shell.base(c)}/orders/${c.req.param('id')}`, 303);
  });
  app.post('/orders/:id/delete', (c) => {
    shell.shop(c).store.remove('orders', c.req.param('id'));
    return c.redirect(`${shell.base(c)}/orders`, 303);
  });

  app.get('/customers', (c) => {
    const { store } = shell.shop(c);
    const base = shell.base(c);
    const query = (c.req.query('query') ?? '').toLowerCase();
    const found = [...store.customers.values()].filter((customer) =>
      `${customer.firstName} ${customer.lastName} ${customer.email ?? ''}`.toLowerCase().includes(query),
    );
    return c.html(
      shell.page(
        c,
        'Customers',
        '/customers',
        html`<h1>Customers</h1>
          <form class="row card" method="get">
            <label for="query">Search</label><input id="query" name="query" value="${query}" /><button class="button">
              Search</button
            ><span class="soft">${found.length} customers</span>
          </form>
          <div class="card scroll">
            <table>
              <thead>
                <tr>
                  <th>Name</th>
                  <th>E-mail</th>
                  <th class="num">Orders</th>
                  <th>Privacy requests</th>
                </tr>
              </thead>
              <tbody>
                ${found.slice(0, 50).map(
                  (customer) =>
                    html`<tr>
                      <td>${customer.firstName} ${customer.lastName}</td>
                      <td>${customer.email ?? '–'}</td>
                      <td class="num">${store.ordersOfCustomer(customer.id).length}</td>
                      <td>
                        <span class="row"
                          >${postButton(`${base}/customers/${customer.id}/data-request`, 'Request data')}${postButton(`${base}/customers/${customer.id}/redact`, 'Erase', {}, 'danger', `Ask all apps to erase ${customer.firstName} ${customer.lastName}?`)}</span
                        >
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`,
      ),
    );
  });
  app.post('/customers/:id/:request{data-request|redact}', (c) => {
    const shop = shell.shop(c);
    const { store } = shop;
    const customer = store.customers.get(c.req.param('id'));
    if (customer === undefined) return c.text('There is no such customer.', 404);
    const about = {
      shop_id: BigInt(store.shop.id),
      shop_domain: store.shop.domain,
      customer: { id: BigInt(customer.id), email: customer.email ?? '', phone: '' },
    };
    const orders = store.ordersOfCustomer(customer.id).map((order) => BigInt(order.id));
    shop.webhooks.emit(
      c.req.param('request') === 'redact'
        ? { topic: 'customers/redact', payload: { ...about, orders_to_redact: orders } }
        : {
            topic: 'customers/data_request',
            payload: { ...about, orders_requested: orders, data_request: { id: BigInt(store.nextId()) } },
          },
    );
    return c.redirect(`${shell.base(c)}/webhooks`, 303);
  });
  return app;
}
