import { Hono } from 'hono';
import { installApp, uninstallApp } from '../installation.ts';
import { html } from './html.ts';
import { postButton } from './layout.ts';
import type { ShellContext } from './routes.ts';

/** Installing the app, the theme editor, the log of webhooks and the switches for trouble. */
export function toolPages(shell: ShellContext): Hono {
  const app = new Hono();
  app.get('/apps', (c) => {
    const shop = shell.shop(c);
    const { installation } = shop.store;
    const base = shell.base(c);
    const config = shop.config();
    const scopes = html`<ul>
      ${config.scopes.map((scope) => html`<li>${scope.startsWith('write_') ? 'Edit' : 'View'} ${scope.replace(/^(read|write)_/, '').replaceAll('_', ' ')} <span class="soft">(${scope})</span></li>`)}
    </ul>`;
    return c.html(
      shell.page(
        c,
        'Apps',
        '/apps',
        installation === null
          ? html`<h1>Install ${config.name}</h1>
              <div class="card">
                <p>${config.name} asks to be allowed to:</p>
                ${scopes}${postButton(`${base}/apps/install`, 'Install', {}, 'main')}
              </div>
              ${postButton(`${base}/apps/shop-redact`, 'Send the erasure of the store (48 hours after uninstalling)')}`
          : html`<h1>Apps</h1>
              <div class="card">
                <div class="row spread">
                  <h2>${config.name}</h2>
                  <span class="tag good">Installed</span>
                </div>
                <p class="soft">Installed ${installation.installedAt.slice(0, 10)}</p>
                <p>It is allowed to:</p>
                ${scopes}
                <div class="row">
                  <a class="button main" href="${base}/apps/trellis">Open</a
                  >${postButton(`${base}/apps/uninstall`, 'Uninstall', {}, 'danger', `Uninstall ${config.name}?`)}
                </div>
              </div>`,
      ),
    );
  });
  app.post('/apps/install', (c) => {
    const shop = shell.shop(c);
    installApp(shop.store, shop.identity.apiKey, shop.config());
    return c.redirect(`${shell.base(c)}/apps/trellis`, 303);
  });
  app.post('/apps/uninstall', (c) => {
    uninstallApp(shell.shop(c).store);
    return c.redirect(`${shell.base(c)}/apps`, 303);
  });
  app.post('/apps/shop-redact', (c) => {
    const { webhooks, store } = shell.shop(c);
    webhooks.emit({
      topic: 'shop/redact',
      payload: { shop_id: BigInt(store.shop.id), shop_domain: store.shop.domain },
    });
    return c.redirect(`${shell.base(c)}/webhooks`, 303);
  });

  app.get('/themes/current/editor', (c) => {
    const shop = shell.shop(c);
    const base = shell.base(c);
    const asked = (c.req.query('activateAppId') ?? c.req.query('addAppBlockId') ?? '').split('/').at(-1) ?? '';
    const blocks = shop.extensions().themeBlocks;
    return c.html(
      shell.page(
        c,
        'Online store',
        '/themes/current/editor',
        html`<h1>Theme editor</h1>
          ${
            shop.store.installation === null
              ? html`<p class="card">Install the app to add its blocks to the theme.</p>`
              : html`<div class="card">
                  <h2>App blocks and embeds</h2>
                  ${blocks.map((block) => {
                    const active = shop.store.themeBlocks.get(block.handle)?.active === true;
                    return html`<div class="row spread pick">
                      <span
                        ><strong>${block.name}</strong>
                        <span class="soft"
                          >${block.target === 'section' ? `block on: ${block.templates.join(', ') || 'all pages'}` : 'app embed, on every page'}</span
                        >${asked === block.handle && !active ? html` <span class="tag wait">Switch it on here</span>` : ''}</span
                      >
                      <span class="row"
                        ><span class="tag ${active ? 'good' : ''}">${active ? 'On' : 'Off'}</span
                        >${postButton(`${base}/themes/blocks/${block.handle}`, active ? `Switch ${block.name} off` : `Switch ${block.name} on`, { active: active ? '0' : '1' }, active ? '' : 'main')}</span
                      >
                    </div>`;
                  })}
                </div>`
          }
          <p><a class="button" href="/">See the storefront</a></p>`,
      ),
    );
  });
  app.post('/themes/blocks/:handle', async (c) => {
    const { store, extensions } = shell.shop(c);
    const handle = c.req.param('handle');
    if (store.installation === null || !extensions().themeBlocks.some((block) => block.handle === handle))
      return c.text('There is no such block.', 404);
    store.put('themeBlocks', {
      handle,
      settings: store.themeBlocks.get(handle)?.settings ?? {},
      active: (await c.req.parseBody())['active'] === '1',
    });
    return c.redirect(`${shell.base(c)}/themes/current/editor`, 303);
  });

  app.get('/webhooks', (c) => {
    const { store } = shell.shop(c);
    const base = shell.base(c);
    const kinds = { delivered: 'good', failed: 'bad', dropped: 'bad', pending: 'wait' } as const;
    return c.html(
      shell.page(
        c,
        'Webhook deliveries',
        '/webhooks',
        html`<h1>Webhook deliveries</h1>
          <div class="card scroll">
            <table>
              <thead>
                <tr>
                  <th>Time</th>
                  <th>Topic</th>
                  <th>State</th>
                  <th>Attempts</th>
                  <th></th>
                </tr>
              </thead>
              <tbody>
                ${[...store.deliveries.values()]
                  .sort((a, b) => b.triggeredAt.localeCompare(a.triggeredAt))
                  .slice(0, 100)
                  .map(
                    (delivery) =>
                      html`<tr>
                        <td>${delivery.triggeredAt.slice(0, 19).replace('T', ' ')}</td>
                        <td>
                          ${delivery.topic}
                          <details>
                            <summary class="soft">${delivery.id}</summary>
                            <pre>${delivery.body.slice(0, 4000)}</pre>
                          </details>
                        </td>
                        <td><span class="tag ${kinds[delivery.state]}">${delivery.state}</span></td>
                        <td>
                          ${delivery.attempts.map((attempt) => attempt.status?.toString() ?? attempt.note).join(', ') || '–'}
                        </td>
                        <td>${postButton(`${base}/webhooks/${delivery.id}/redeliver`, 'Send again')}</td>
                      </tr>`,
                  )}
              </tbody>
            </table>
          </div>`,
      ),
    );
  });
  app.post('/webhooks/:id/redeliver', (c) => {
    shell.shop(c).webhooks.redeliver(c.req.param('id'));
    return c.redirect(`${shell.base(c)}/webhooks`, 303);
  });

  app.get('/faults', (c) => {
    const { faults } = shell.shop(c);
    const field = (name: keyof typeof faults, label: string, step: string) =>
      html`<p>
        <label
          >${label} <input class="short" type="number" min="0" step="${step}" name="${name}" value="${faults[name]}"
        /></label>
      </p>`;
    return c.html(
      shell.page(
        c,
        'Faults',
        '/faults',
        html`<h1>Faults</h1>
          <form method="post" action="${shell.base(c)}/faults" class="card">
            <h2>Webhooks</h2>
            ${field('webhookDrop', 'Share that is never sent (0 to 1)', '0.05')}${field('webhookDuplicate', 'Share that is sent twice (0 to 1)', '0.05')}${field('webhookDelay', 'Delay of each, milliseconds', '100')}${field('webhookReorder', 'Random delay up to, milliseconds (mixes the order)', '100')}
            <h2>Admin API</h2>
            ${field('apiThrottle', 'Requests answered THROTTLED', '1')}${field('apiUnavailable', 'Requests answered 503', '1')}${field('apiHang', 'Requests never answered', '1')}<button
              class="button main"
            >
              Apply
            </button>
          </form>`,
      ),
    );
  });
  app.post('/faults', async (c) => {
    const { faults } = shell.shop(c);
    const form = await c.req.parseBody();
    for (const name of Object.keys(faults) as (keyof typeof faults)[]) {
      const value = Number(form[name] ?? 0);
      if (!Number.isFinite(value) || value < 0) return c.text(`${name} must be a number from 0.`, 400);
      faults[name] = value;
    }
    return c.redirect(`${shell.base(c)}/faults`, 303);
  });
  return app;
}
