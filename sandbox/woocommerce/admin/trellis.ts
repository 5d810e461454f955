import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import { pluginPlaces, type PluginPlace } from '../model.ts';
import { askApp } from '../plugin/app-client.ts';
import { changePlugin, forgetConnection, readPlugin, setPlugin } from '../plugin/state.ts';
import type { WooSide } from '../side.ts';
import { addresses } from './layout.ts';
import { connectView, disconnectView, press, settingsView, statusView } from './trellis-views.ts';

const folder = '../../../extensions/woocommerce-plugin/admin/admin.css';
const stylesAddress = '/wp-content/plugins/trellis-for-woocommerce/admin/admin.css';

const said: Readonly<Record<string, { readonly good: boolean; readonly text: string }>> = {
  saved: { good: true, text: 'Settings saved.' },
  disconnected: {
    good: true,
    text: 'Disconnected. Nothing is sent to Trellis any more, and what Trellis published in this store is being removed.',
  },
  'disconnected-alone': {
    good: false,
    text: 'Disconnected on this side: nothing is sent any more. Trellis could not be told, because it did not answer; it notices by itself.',
  },
  'not-agreed': {
    good: false,
    text: 'Please agree to what is sent first: without it this store cannot be connected.',
  },
  'no-sign-in': { good: false, text: 'Trellis gave no sign-in link just now. Try again in a minute.' },
};

/** Our plugin's page in the admin, as the real one shows it, and below it what the sandbox adds. */
export async function trellisBody(side: WooSide, query: { view?: string; said?: string }): Promise<Html> {
  const app = side.appUrl();
  if (app === null) return html`<div class="card"><p>Trellis is not running.</p></div>`;
  const news = said[query.said ?? ''];
  return html`<link rel="stylesheet" href="${stylesAddress}" />
    <div class="wrap trellis">
      ${
        news
          ? html`<div
              class="notice ${news.good ? 'notice-success' : 'notice-error'}"
              role="${news.good ? 'status' : 'alert'}"
            >
              <p>${news.text}</p>
            </div>`
          : null
      }
      ${await viewOf(side, app, query.view)}
    </div>`;
}

async function viewOf(side: WooSide, app: string, view: string | undefined): Promise<Html> {
  const plugin = readPlugin(side.store);
  if (plugin === null) {
    const query = new URLSearchParams({ store: side.siteUrl() }).toString();
    return html`<div class="card">
      <h2>Trellis for WooCommerce</h2>
      <p>The plugin is not installed in this store. Trellis opens at its own address; shoppers see nothing of it.</p>
      <div class="trellis-actions">
        ${press('install', 'Install the plugin', true)}
        <a class="button" href="${app}/connect/woocommerce?${query}">Open Trellis</a>
      </div>
    </div>`;
  }
  if (plugin.connection === null) return html`${connectView(app, plugin.optedIn)} ${removal()}`;
  if (view === 'disconnect') return disconnectView();
  return html`${await statusView(side)} ${settingsView(side)}
    <p>
      Connected with ${plugin.connection.appUrl}.
      <a href="${addresses.trellis}&view=disconnect">Disconnect …</a>
    </p>
    ${removal()}`;
}

/** Deleting a plugin is WordPress’ own page of plugins, which this sandbox does not have. */
const removal = (): Html =>
  html`<p class="description">In this sandbox, plugins are deleted here:</p>
    ${press('remove', 'Delete the plugin')}`;

const settingsForm = z.object({ consent: z.enum(['tool', 'bar', 'off']).catch('off') }).loose();

/** What the buttons of that page do. */
export function trellisRoutes(side: WooSide): Hono {
  const { store } = side;
  const app = new Hono();
  app.get(stylesAddress, (c) =>
    c.body(readFileSync(join(import.meta.dirname, folder), 'utf8'), 200, { 'content-type': 'text/css' }),
  );
  app.post('/wp-admin/trellis/:action', async (c) => {
    const form = await c.req.parseBody();
    const back = (code = ''): Response => c.redirect(`${addresses.trellis}${code === '' ? '' : `&said=${code}`}`, 303);
    switch (c.req.param('action')) {
      case 'install':
        setPlugin(store, 'waiting');
        return back();
      case 'remove':
        setPlugin(store, 'missing');
        return back();
      case 'refresh':
        return back();
      case 'connect': {
        if (form['agree'] !== '1') return back('not-agreed');
        setPlugin(store, 'ready');
        const to = side.appUrl();
        const query = new URLSearchParams({ store: side.siteUrl() }).toString();
        return to === null ? back() : c.redirect(`${to}/connect/woocommerce?${query}`, 303);
      }
      case 'settings': {
        const { consent } = settingsForm.parse(form);
        const placements = Object.fromEntries(pluginPlaces.map((place) => [place, form[place] === '1']));
        changePlugin(store, { settings: { consent, placements: placements as Record<PluginPlace, boolean> } });
        return back('saved');
      }
      case 'open': {
        const answer = await askApp(store, 'POST', '/plugin/woocommerce/sign-in', { to: '/' });
        const read = answer?.status === 200 ? z.object({ url: z.url() }).safeParse(JSON.parse(answer.text)) : null;
        return read?.success ? c.redirect(read.data.url, 303) : back('no-sign-in');
      }
      case 'disconnect': {
        const told = await askApp(store, 'POST', '/plugin/woocommerce/disconnect', {});
        forgetConnection(store);
        return back(told?.status === 200 ? 'disconnected' : 'disconnected-alone');
      }
      default:
        return c.notFound();
    }
  });
  return app;
}
