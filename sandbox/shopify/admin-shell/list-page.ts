import type { Context } from 'hono';
import { html, type Html } from './html.ts';
import type { ShellContext } from './routes.ts';

export interface List<Item> {
  readonly title: string;
  /** path of its entry in the menu */
  readonly at: string;
  readonly items: readonly Item[];
  /** what the search looks into; without it there is no search */
  readonly words?: (item: Item) => string;
  /** the header cells */
  readonly head: Html;
  /** the cells of one row */
  readonly row: (item: Item) => Html;
}

const pageSize = 50;

/** A table of records page by page, with a search where the list has words for it. */
export function listPage<Item>(
  shell: ShellContext,
  c: Context,
  { title, at, items, words, head, row }: List<Item>,
): Response | Promise<Response> {
  const query = c.req.query('query') ?? '';
  const found = items.filter((item) => words === undefined || words(item).toLowerCase().includes(query.toLowerCase()));
  const page = Math.max(1, Math.trunc(Number(c.req.query('page') ?? '1')) || 1);
  const turn = (label: string, to: number): Html =>
    html`<a class="button" href="?${new URLSearchParams({ query, page: String(to) }).toString()}">${label}</a>`;
  return c.html(
    shell.page(
      c,
      title,
      at,
      html`<div class="row spread">
          <h1>${title}</h1>
          <span class="soft">${found.length} ${title.toLowerCase()}</span>
        </div>
        ${
          words === undefined
            ? ''
            : html`<form class="row card" method="get">
                <label for="query">Search</label><input id="query" name="query" value="${query}" /><button
                  class="button"
                >
                  Search
                </button>
              </form>`
        }
        <div class="card scroll">
          <table>
            <thead>
              <tr>
                ${head}
              </tr>
            </thead>
            <tbody>
              ${found.slice((page - 1) * pageSize, page * pageSize).map(
                (item) =>
                  html`<tr>
                    ${row(item)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        <p class="row">
          ${page > 1 ? turn('Previous', page - 1) : ''}${found.length > page * pageSize ? turn('Next', page + 1) : ''}
        </p>`,
    ),
  );
}
