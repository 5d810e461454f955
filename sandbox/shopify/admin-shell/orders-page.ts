import { Hono } from 'hono';
import { financialStatus } from '../admin-api/orders.ts';
import type { SandboxOrder } from '../model.ts';
import { html, type Html } from './html.ts';
import { postButton } from './layout.ts';
import { listPage } from './list-page.ts';
import type { ShellContext } from './routes.ts';

const stateTag = (order: SandboxOrder): Html =>
  html`<span class="tag"
    >${order.cancelledAt === null ? financialStatus(order).toLowerCase().replace('_', ' ') : 'cancelled'}</span
  >`;

/** Orders with refund and cancel, and customers with what privacy laws let them ask for. */
export function orderPages(shell: ShellContext): Hono {
  const app = new Hono();
  app.get('/orders', (c) =>
    listPage(shell, c, {
      title: 'Orders',
      at: '/orders',
      items: [...shell.shop(c).store.orders.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
      head: html`<th>Order</th>
        <th>Date</th>
        <th>Customer</th>
        <th class="num">Total</th>
        <th>State</th>`,
      row: (order) =>
        html`<td><a href="${shell.base(c)}/orders/${order.id}">${order.name}</a></td>
          <td>${order.createdAt.slice(0, 16).replace('T', ' ')}</td>
          <td>${order.email ?? 'Guest'}</td>
          <td class="num">${order.total} ${order.currency}</td>
          <td>${stateTag(order)}</td>`,
    }),
  );

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
          <h1>${order.name} ${stateTag(order)}</h1>
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
    return listPage(shell, c, {
      title: 'Customers',
      at: '/customers',
      items: [...store.customers.values()],
      words: ({ firstName, lastName, email }) => `${firstName} ${lastName} ${email ?? ''}`,
      head: html`<th>Name</th>
        <th>E-mail</th>
        <th class="num">Orders</th>
        <th>Privacy requests</th>`,
      row: ({ id, firstName, lastName, email }) => {
        const action = `${shell.base(c)}/customers/${id}`;
        return html`<td>${firstName} ${lastName}</td>
          <td>${email ?? '–'}</td>
          <td class="num">${store.ordersOfCustomer(id).length}</td>
          <td>
            <span class="row"
              >${postButton(`${action}/data-request`, 'Request data')}${postButton(`${action}/redact`, 'Erase', {}, 'danger', `Ask all apps to erase ${firstName} ${lastName}?`)}</span
            >
          </td>`;
      },
    });
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
