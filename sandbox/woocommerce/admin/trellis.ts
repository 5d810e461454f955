import { Hono } from 'hono';
import { z } from 'zod';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import { askApp } from '../plugin/app-client.ts';
import { forgetConnection, readPlugin, setPlugin } from '../plugin/state.ts';
import type { WooSide } from '../side.ts';
import { addresses } from './layout.ts';

const numbers = z.object({
  status: z.string(),
  numbers: z.array(z.object({ label: z.string(), value: z.string(), note: z.string().nullable() })),
  problems: z.array(z.object({ message: z.string() })),
});

const button = (action: string, label: string, primary = false): Html =>
  html`<form method="post" action="/wp-admin/trellis/${action}">
    <button class="button ${primary ? 'button-primary' : ''}" type="submit">${label}</button>
  </form>`;

/** Our plugin's page in the admin: connect, the key numbers, and the way to Trellis. */
export async function trellisBody(side: WooSide): Promise<Html> {
  const app = side.appUrl();
  if (app === null) return html`<div class="card"><p>Trellis is not running.</p></div>`;
  const plugin = readPlugin(side.store);
  const query = new URLSearchParams({ store: side.siteUrl() }).toString();
  const open = html`<p>
    <a class="button ${plugin === null ? 'button-primary' : ''}" href="${app}/connect/woocommerce?${query}"
      >Open Trellis</a
    >
  </p>`;
  if (plugin === null)
    return html`<div class="card">
      <h2>Trellis for WooCommerce</h2>
      <p>Recommendations, bundles and offers. The plugin is not installed; Trellis opens at its own address.</p>
      ${open} ${button('install', 'Install the plugin')}
    </div>`;
  if (plugin.connection === null)
    return html`<div class="card">
      <h2>Trellis for WooCommerce ${plugin.version}</h2>
      <p>
        ${
          plugin.optedIn
            ? 'You have agreed. Trellis connects the plugin within some minutes.'
            : 'Nothing leaves your store before you connect it.'
        }
      </p>
      ${button('connect', 'Connect', true)} ${button('remove', 'Remove the plugin')}
    </div>`;
  return html`<div class="card">
    <h2>Trellis for WooCommerce ${plugin.version}</h2>
    ${await numbersBody(side)} ${button('open', 'Open Trellis', true)} ${button('disconnect', 'Disconnect')}
    ${button('remove', 'Remove the plugin')}
  </div>`;
}

async function numbersBody({ store }: WooSide): Promise<Html> {
  const answer = await askApp(store, 'GET', '/plugin/woocommerce/numbers?locale=en_US');
  const read = answer?.status === 200 ? numbers.safeParse(JSON.parse(answer.text)) : null;
  if (!read?.success) return html`<p>Trellis could not be reached from this store.</p>`;
  const { status, problems } = read.data;
  return html`<p>Status: ${status}</p>
    ${problems.map(({ message }) => html`<p role="alert">${message}</p>`)}
    <table>
      ${read.data.numbers.map(
        ({ label, value, note }) =>
          html`<tr>
            <th>${label}</th>
            <td>${value}</td>
            <td>${note ?? ''}</td>
          </tr>`,
      )}
    </table>`;
}

/** What the buttons of that page do. */
export function trellisRoutes(side: WooSide): Hono {
  const { store } = side;
  const app = new Hono();
  app.post('/wp-admin/trellis/:action', async (c) => {
    switch (c.req.param('action')) {
      case 'install':
        setPlugin(store, 'waiting');
        break;
      case 'remove':
        setPlugin(store, 'missing');
        break;
      case 'connect': {
        setPlugin(store, 'ready');
        const to = side.appUrl();
        if (to === null) break;
        return c.redirect(
          `${to}/connect/woocommerce?${new URLSearchParams({ store: side.siteUrl() }).toString()}`,
          303,
        );
      }
      case 'open': {
        const body = { user: 'admin', to: '/' };
        const answer = await askApp(store, 'POST', '/plugin/woocommerce/sign-in', body);
        const read = answer?.status === 200 ? z.object({ url: z.url() }).safeParse(JSON.parse(answer.text)) : null;
        if (read?.success) return c.redirect(read.data.url, 303);
        break;
      }
      case 'disconnect':
        await askApp(store, 'POST', '/plugin/woocommerce/disconnect', {});
        forgetConnection(store);
        break;
      default:
        return c.notFound();
    }
    return c.redirect(addresses.trellis, 303);
  });
  return app;
}
