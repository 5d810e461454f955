import type { HistoryRow } from '#app/domains/loyalty/index.ts';
import { escapeText } from '../bundle-page-html.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import type { Pen } from './html.ts';
import type { RewardsPage } from './read-page.ts';
import type { RewardsWords } from './words.ts';

export const aboutOf = ({ about, operation }: HistoryRow): keyof RewardsWords['about'] => {
  if (operation === 'expire') return 'expired';
  if (about === 'order') return 'order';
  if (about === 'loyalty-activity') return 'activity';
  if (about === 'loyalty-redemption') return 'redemption';
  if (about === 'adjustment') return 'adjustment';
  if (about === 'loyalty-import') return 'import';
  return about === 'referral' ? 'referral' : 'other';
};

const signed = (points: number, language: PageLanguage): string =>
  new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(points);

/** What happened to the points, as a table; older rows are a page of their own. */
export function historyHtml({ rows, next }: RewardsPage['history'], { say, date, urls }: Pen): string {
  const heading = `<h2>${say(({ history }) => history)}</h2>`;
  if (rows.length === 0) return `<section>${heading}<p>${say(({ noHistory }) => noHistory)}</p></section>`;
  const body = rows.map((row) => {
    const back = row.operation === 'take-back' && (row.about === 'order' || row.about === 'loyalty-activity');
    const what = say(({ about, takenBack, available }) => {
      const name = about[aboutOf(row)];
      return back ? `${name} (${takenBack})` : row.operation === 'vest' ? `${name} (${available})` : name;
    });
    return `<tr><td>${say((_, language) => date(row.at.toISOString())(language))}</td><td>${what}</td><td>${row.points === 0 ? '' : say((_, language) => signed(row.points, language))}</td></tr>`;
  });
  const older =
    next === null
      ? ''
      : `<p><a href="${urls.page}${urls.page.includes('?') ? '&amp;' : '?'}before=${escapeText(String(next))}">${say(({ older: text }) => text)}</a></p>`;
  return `<section>${heading}<table><thead><tr><th scope="col">${say((words) => words.date)}</th><th scope="col">${say(({ what }) => what)}</th><th scope="col">±</th></tr></thead><tbody>${body.join('')}</tbody></table>${older}</section>`;
}
