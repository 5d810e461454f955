import { html, type Html } from '../../shopify/admin-shell/html.ts';
import type { NewKey } from '../keys.ts';
import { orderTotals } from '../rest/views/order.ts';
import { orderStatuses } from '../rest/resources/orders.ts';
import { money } from '../rest/money.ts';
import { siteTime } from '../site-time.ts';
import type { WooSide } from '../side.ts';
import { addresses } from './layout.ts';

const perPage = 20;

/** The newest first, in pages of 20. */
function pageOf<T>(rows: readonly T[], page: number, address: string): { rows: readonly T[]; links: Html } {
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const links = html`<p class="pages">
    ${page > 1 ? html`<a href="${address}&paged=${page - 1}">Newer</a>` : null}
    <span>Page ${page} of ${last} (${rows.length})</span>
    ${page < last ? html`<a href="${address}&paged=${page + 1}">Older</a>` : null}
  </p>`;
  return { rows: rows.slice((page - 1) * perPage, page * perPage), links };
}

export function ordersBody(side: WooSide, page: number): Html {
  const { store } = side;
  const all = [...store.orders.values()].filter(({ status }) => status !== 'trash').reverse();
  const { rows, links } = pageOf(all, page, addresses.orders);
  return html`<table>
      <tr>
        <th>Order</th>
        <th>Date</th>
        <th>Status</th>
        <th>Total</th>
        <th>Refund an amount</th>
      </tr>
      ${rows.map((order) => {
        const name = `${order.billing.first_name} ${order.billing.last_name}`;
        const back = store.refundsOf(order.id).reduce((sum, refund) => sum + refund.amount, 0);
        return html`<tr>
          <td>#${order.id} ${name}${order.customerId === 0 ? ' (guest)' : ''}</td>
          <td>${(siteTime(order.createdAt, store.site.timeZone) ?? '').replace('T', ' ')}</td>
          <td>
            <form class="inline" method="post" action="/wp-admin/orders/status">
              <input type="hidden" name="id" value="${order.id}" />
              <select name="status" aria-label="Status of order ${order.id}">
                ${orderStatuses.map(
                  (status) => html`<option ${status === order.status ? html`selected` : null}>${status}</option>`,
                )}
              </select>
              <button class="button" type="submit">Save</button>
            </form>
          </td>
          <td>
            ${money(orderTotals(order).total, store.site)} ${order.currency}
            ${back === 0 ? null : html`<br />refunded ${money(back, store.site)}`}
          </td>
          <td>
            <form class="inline" method="post" action="/wp-admin/orders/refund">
              <input type="hidden" name="id" value="${order.id}" />
              <input name="amount" size="6" inputmode="decimal" aria-label="Amount to refund of order ${order.id}" />
              <button class="button" type="submit">Refund</button>
            </form>
          </td>
        </tr>`;
      })}
    </table>
    ${links}`;
}

export function productsBody(side: WooSide, page: number): Html {
  const { store } = side;
  const all = [...store.products.values()].filter(({ status }) => status !== 'trash').reverse();
  const { rows, links } = pageOf(all, page, addresses.products);
  return html`<table>
      <tr>
        <th>Product</th>
        <th>SKU</th>
        <th>Stock</th>
        <th>Status</th>
        <th>Name and price</th>
      </tr>
      ${rows.map(
        (product) =>
          html`<tr>
            <td><a href="/product/${product.slug}/">${product.name}</a></td>
            <td>${product.sku}</td>
            <td>${product.type === 'variable' ? 'by variation' : (product.stockQuantity ?? 'not managed')}</td>
            <td>${product.status}</td>
            <td>
              <form class="inline" method="post" action="/wp-admin/products/save">
                <input type="hidden" name="id" value="${product.id}" />
                <input name="name" value="${product.name}" aria-label="Name of product ${product.id}" />
                <input
                  name="price"
                  size="6"
                  value="${product.regularPrice}"
                  aria-label="Price of product ${product.id}"
                />
                <button class="button" type="submit">Save</button>
              </form>
            </td>
          </tr>`,
      )}
    </table>
    ${links}`;
}

export function keysBody(side: WooSide, made: NewKey | null): Html {
  return html`${
      made === null
        ? null
        : html`<div class="notice" role="status">
            <p>Copy your new keys now: the secret will be hidden once you leave this page.</p>
            <p>Consumer key <code>${made.consumer_key}</code></p>
            <p>Consumer secret <code>${made.consumer_secret}</code></p>
          </div>`
    }
    <form class="inline" method="post" action="/wp-admin/keys/create">
      <label>
        Permissions
        <select name="permissions">
          <option value="read">Read</option>
          <option value="write">Write</option>
          <option value="read_write" selected>Read/Write</option>
        </select>
      </label>
      <button class="button button-primary" type="submit">Generate API key</button>
    </form>
    <table>
      <tr>
        <th>Description</th>
        <th>Consumer key ending in</th>
        <th>Permissions</th>
        <th>Last access</th>
        <th></th>
      </tr>
      ${[...side.store.keys.values()].map(
        (key) =>
          html`<tr>
            <td>${key.description}</td>
            <td><code>…${key.truncatedKey}</code></td>
            <td>${key.permissions}</td>
            <td>${key.lastAccess ?? 'Unknown'}</td>
            <td>
              <form class="inline" method="post" action="/wp-admin/keys/revoke">
                <input type="hidden" name="id" value="${key.id}" />
                <button class="button" type="submit">Revoke</button>
              </form>
            </td>
          </tr>`,
      )}
    </table>`;
}

export function webhooksBody(side: WooSide): Html {
  return html`<table>
      <tr>
        <th>Name</th>
        <th>Topic</th>
        <th>Status</th>
        <th>Delivery URL</th>
        <th></th>
      </tr>
      ${[...side.store.webhooks.values()].map(
        (webhook) =>
          html`<tr>
            <td>${webhook.name}</td>
            <td>${webhook.topic}</td>
            <td>${webhook.status}</td>
            <td class="address">${webhook.deliveryUrl}</td>
            <td>
              <form
                class="inline"
                method="post"
                action="/wp-admin/webhooks/${webhook.status === 'active' ? 'disable' : 'activate'}"
              >
                <input type="hidden" name="id" value="${webhook.id}" />
                <button class="button" type="submit">${webhook.status === 'active' ? 'Disable' : 'Activate'}</button>
              </form>
            </td>
          </tr>`,
      )}
    </table>
    <h2>Last deliveries</h2>
    <table>
      <tr>
        <th>Time</th>
        <th>Topic</th>
        <th>Object</th>
        <th>Answer</th>
      </tr>
      ${side.webhooks.log
        .slice(-40)
        .toReversed()
        .map(
          (entry) =>
            html`<tr>
              <td>${entry.at}</td>
              <td>${entry.topic}</td>
              <td>${entry.resourceId}</td>
              <td>${entry.outcome} ${entry.status ?? ''}</td>
            </tr>`,
        )}
    </table>`;
}

/** The merchant leaves the shop's admin for Trellis: no page of another site is shown inside this one. */
export function sandboxBody(side: WooSide): Html {
  const { faults } = side;
  const number = (name: 'slowMs' | 'clockOffsetMs' | 'webhookDrop' | 'webhookDuplicate', label: string): Html =>
    html`<label>${label}<input name="${name}" value="${faults[name]}" inputmode="decimal" /></label>`;
  const flag = (
    name: 'blockRest' | 'plainPermalinks' | 'unknownIsHome' | 'stripAuthorization' | 'webhookReorder',
    label: string,
  ): Html =>
    html`<label
      >${label}<input type="checkbox" name="${name}" value="true" ${faults[name] ? html`checked` : null}
    /></label>`;
  return html`<form class="card" method="post" action="/wp-admin/sandbox/faults">
      <h2>Faults</h2>
      ${number('slowMs', 'REST API answers after (ms)')} ${number('clockOffsetMs', 'The site’s clock is ahead by (ms)')}
      ${flag('blockRest', 'A security plugin blocks the REST API')} ${flag('plainPermalinks', 'Permalinks are plain')}
      ${flag('unknownIsHome', 'Plain, and unknown addresses show the home page')}
      ${flag('stripAuthorization', 'The host strips the Authorization header')}
      ${number('webhookDrop', 'Share of webhooks that are lost (0 to 1)')}
      ${number('webhookDuplicate', 'Share of webhooks sent twice (0 to 1)')}
      ${flag('webhookReorder', 'Webhooks in another order')}
      <p><button class="button button-primary" type="submit">Save</button></p>
    </form>
    <form class="card" method="post" action="/wp-admin/sandbox/queue">
      <h2>Queue</h2>
      <p>${side.store.actions.size} deliveries wait for Action Scheduler’s next run.</p>
      <p><button class="button" type="submit">Run the queue now</button></p>
    </form>`;
}
