import { z } from 'zod';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import type { PluginPlace, PluginSettings } from '../model.ts';
import { askApp } from '../plugin/app-client.ts';
import { readSettings } from '../plugin/state.ts';
import type { WooSide } from '../side.ts';
import { addresses } from './layout.ts';

/*
 * The views of the plugin's page, with the words and the style sheet of the real one
 * (extensions/woocommerce-plugin/includes/admin).
 */

const row = z.object({ label: z.string(), value: z.string(), note: z.string().nullable() });
const numbers = z.object({
  status: z.string(),
  progress: z.number().nullable(),
  numbers: z.array(row),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
});

const words: Readonly<Record<string, string>> = {
  importing: 'Reading your products and orders',
  ready: 'Trellis is at work',
  'needs-attention': 'Something needs your attention',
};

const does = [
  'Suggests products on product pages, in the cart and after the purchase, learnt from your own orders.',
  'Sells bundles, quantity breaks, gifts and cart goals at prices that keep your margin, as ordinary WooCommerce discounts.',
  'Measures with a control group what it adds to your profit.',
];
const sent = [
  'Products with prices, stock and cost, categories and tags.',
  'Orders, refunds and customers as the WooCommerce REST API gives them, the past ones once and new ones as they come.',
  'The address of your store, its versions of WordPress, WooCommerce and PHP, and your user name when you open Trellis.',
  'What visitors look at and click, under a random number, only from those who consented and only if you switch it on in the settings.',
];
const follows = [
  'Bundles, suggestions and the discounts of Trellis end at once, also in carts that are open now.',
  'The key and the webhooks of Trellis are deleted, and what it published is removed from your products.',
  'Orders stay as they are. Trellis keeps or deletes its copy as its privacy policy says.',
];
const consents: readonly (readonly [PluginSettings['consent'], string])[] = [
  ['off', 'Measure nothing: no visitor gets a number and nothing is sent. Figures per visitor stay empty.'],
  ['tool', 'Follow my consent tool (WP Consent API, category "statistics").'],
  ['bar', 'Ask with a small bar of Trellis at the foot of the page.'],
];
const places: readonly (readonly [PluginPlace, string])[] = [
  ['together', 'Bought together, below the product'],
  ['bundle', 'Bundles, on product pages'],
  ['cart', 'Suggestions and goals, in the cart'],
  ['offers', 'Offers after the purchase, on the thank-you page and in the account'],
  ['points', 'Points and rewards: on product pages, in the cart, after the purchase and in the account'],
  ['launcher', 'A button in the corner of every page that leads to the rewards'],
];

const list = (texts: readonly string[]): Html =>
  html`<ul class="ul-disc">
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;

/** One button that posts to `/wp-admin/trellis/<action>`. */
export const press = (action: string, label: string, primary = false): Html =>
  html`<form method="post" action="/wp-admin/trellis/${action}">
    <button class="button ${primary ? 'button-primary' : ''}" type="submit">${label}</button>
  </form>`;

/** Before the store is connected: what Trellis does, what would be sent, and the agreement. */
export function connectView(app: string, waiting: boolean): Html {
  return html`<div class="card">
    <h2>Sell more of what belongs together</h2>
    ${list(does)}
    <h3>What is sent to Trellis</h3>
    <p>Nothing has been sent so far. Once you connect, Trellis receives:</p>
    ${list(sent)}
    <form method="post" action="/wp-admin/trellis/connect">
      <p>Your Trellis: ${app}</p>
      <p>
        <label class="plain"
          ><input type="checkbox" name="agree" value="1" required /> I agree that this store sends this data to
          Trellis.</label
        >
      </p>
      <p class="trellis-actions">
        <button class="button button-primary" type="submit">${waiting ? 'Connect again' : 'Connect'}</button>
      </p>
    </form>
    ${
      waiting
        ? html`<p role="status">Waiting for ${app}: finish connecting there, then come back and reload this page.</p>`
        : null
    }
  </div>`;
}

/** How the connected store stands: status, key numbers, problems, and the way into the app. */
export async function statusView(side: WooSide): Promise<Html> {
  const answer = await askApp(side.store, 'GET', '/plugin/woocommerce/numbers?locale=en');
  const read = answer?.status === 200 ? numbers.safeParse(JSON.parse(answer.text)) : null;
  const news = read?.success ? read.data : null;
  const problems = [...(news?.problems.map(({ message }) => message) ?? []), ...ownProblems(side)];
  return html`<div id="trellis-status">
    <div class="card">
      <div class="trellis-head">
        <h2>${words[news?.status ?? ''] ?? 'Connected'}</h2>
        <div class="trellis-actions">${press('open', 'Open Trellis', true)} ${press('refresh', 'Refresh')}</div>
      </div>
      ${news?.status === 'importing' ? progressBar(news.progress) : null}
      ${
        news
          ? html`<dl class="trellis-numbers">
              ${news.numbers.map(
                ({ label, value, note }) =>
                  html`<div>
                    <dt>${label}</dt>
                    <dd>${value}</dd>
                    ${note === null ? null : html`<dd class="description">${note}</dd>`}
                  </div>`,
              )}
            </dl>`
          : html`<p role="status">Trellis did not answer. What shoppers see stays as it was published last.</p>`
      }
    </div>
    ${
      problems.length === 0
        ? null
        : html`<div class="card">
            <h2>What needs your attention</h2>
            ${list(problems)}
          </div>`
    }
  </div>`;
}

function progressBar(share: number | null): Html {
  if (share === null) return html`<p><progress aria-label="Import"></progress></p>`;
  const percent = Math.round(share * 100);
  return html`<p><progress max="100" value="${percent}" aria-label="Import"></progress> ${percent} %</p>`;
}

/** What the plugin sees for itself, without asking the app. */
function ownProblems({ store, faults }: WooSide): string[] {
  const off = [...store.webhooks.values()].some(({ status }) => status !== 'active');
  return [
    ...(off ? ['WooCommerce has switched a webhook of Trellis off. Trellis switches it on again by itself.'] : []),
    ...(faults.plainPermalinks ? ['Permalinks are plain. Choose another kind under Settings, Permalinks.'] : []),
  ];
}

/** Consent and places. */
export function settingsView({ store }: WooSide): Html {
  const { consent, placements } = readSettings(store);
  const checked = (is: boolean): Html | null => (is ? html`checked` : null);
  return html`<div class="card">
    <h2>Settings in this store</h2>
    <form method="post" action="/wp-admin/trellis/settings">
      <fieldset>
        <legend>Measuring visitors</legend>
        ${consents.map(
          ([value, label]) =>
            html`<p>
              <label
                ><input type="radio" name="consent" value="${value}" ${checked(consent === value)} /> ${label}</label
              >
            </p>`,
        )}
      </fieldset>
      <fieldset>
        <legend>Show by themselves</legend>
        ${places.map(
          ([name, label]) =>
            html`<p>
              <label><input type="checkbox" name="${name}" value="1" ${checked(placements[name])} /> ${label}</label>
            </p>`,
        )}
        <p class="description">Switch a place off where you put the block or the shortcode yourself.</p>
      </fieldset>
      <p class="trellis-actions"><button class="button" type="submit">Save settings</button></p>
    </form>
  </div>`;
}

/** Asks before the store is disconnected. */
export const disconnectView = (): Html =>
  html`<div class="card">
    <h2>Disconnect this store from Trellis?</h2>
    ${list(follows)}
    <div class="trellis-actions">
      ${press('disconnect', 'Disconnect', true)} <a class="button" href="${addresses.trellis}">Keep connected</a>
    </div>
  </div>`;
