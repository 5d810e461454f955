import { Hono } from 'hono';
import type { Address } from 'postal-mime';
import { html, type Html } from '../shopify/admin-shell/html.ts';
import type { Mailbox } from './mailbox.ts';

/** Pages to read the mails that the mailbox caught. */
export function mailboxPages(mailbox: Mailbox): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const mails = mailbox.list();
    const subjects = await Promise.all(
      mails.slice(0, 200).map(async (mail) => (await mailbox.read(mail.id))?.subject ?? ''),
    );
    return c.html(
      page(
        'Mailbox',
        html`<h1>Mailbox</h1>
          <div class="card scroll">
            ${
              mails.length === 0
                ? html`<p>No mail yet. Every mail of the app and the store ends here.</p>`
                : html`<table>
                    <thead>
                      <tr>
                        <th>Time</th>
                        <th>To</th>
                        <th>Subject</th>
                      </tr>
                    </thead>
                    <tbody>
                      ${mails.slice(0, 200).map(
                        (mail, index) =>
                          html`<tr>
                            <td>${mail.at.slice(0, 19).replace('T', ' ')}</td>
                            <td>${mail.to.join(', ')}</td>
                            <td><a href="/mailbox/${mail.id}">${subjects[index] || '(no subject)'}</a></td>
                          </tr>`,
                      )}
                    </tbody>
                  </table>`
            }
          </div>`,
      ),
    );
  });
  app.get('/:id', async (c) => {
    const mail = await mailbox.read(c.req.param('id'));
    if (mail === null)
      return c.html(
        page('Not found', html`<p class="card">There is no such mail. <a href="/mailbox">Mailbox</a></p>`),
        404,
      );
    const address = (entry: Address | undefined): string =>
      entry === undefined ? '' : `${entry.name} <${entry.address ?? ''}>`.trim();
    return c.html(
      page(
        mail.subject ?? 'Mail',
        html`<p><a href="/mailbox">Mailbox</a></p>
          <h1>${mail.subject ?? '(no subject)'}</h1>
          <div class="card">
            <p class="soft">From ${address(mail.from)}<br />To ${(mail.to ?? []).map(address).join(', ')}</p>
            ${mail.html === undefined ? html`<pre style="white-space:pre-wrap">${mail.text ?? ''}</pre>` : html`<iframe title="Mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${`<base target="_blank">${mail.html}`}" style="border:0;width:100%;height:60vh"></iframe>`}
          </div>
          <details class="card">
            <summary>Headers</summary>
            <pre style="white-space:pre-wrap">
${mail.headers.map((header) => `${header.key}: ${header.value}`).join('\n')}</pre>
          </details>`,
      ),
    );
  });
  return app;
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/sandbox-admin/styles.css" />
      </head>
      <body>
        <header class="top">
          <strong>Mailbox</strong><span class="note"><a style="color:#fff" href="/admin">Store admin</a></span>
        </header>
        <main style="margin-left:0">${body}</main>
      </body>
    </html>`.html;
}
