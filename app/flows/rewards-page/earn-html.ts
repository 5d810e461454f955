import type { LoyaltyView } from '#app/domains/loyalty/index.ts';
import { escapeText } from '../bundle-page-html.ts';
import { sayHours, sayTerms, sayTitles } from './earn-words.ts';
import type { Pen } from './html.ts';
import type { RewardsPage } from './read-page.ts';

type Way = LoyaltyView['earn'][number];

/** Every way to earn with what has to be done for it. */
export function earnHtml({ earn, customer }: LoyaltyView, page: RewardsPage, pen: Pen): string {
  const { say, points, times, form } = pen;
  const rows = earn.flatMap((way) => {
    const { id, points: count, multiplierBps, done, url, terms } = way;
    // What shoppers cannot find in the store earns them nothing.
    if (terms?.kind === 'product-multiplier' && (page.chosen.get(id)?.titles.length ?? 0) === 0) return [];
    const worth =
      multiplierBps === null
        ? count === null
          ? ''
          : `<strong>${say((_, language) => `+${points(count)(language)}`)}</strong>`
        : `<strong>${say((_, language) => `× ${times(multiplierBps)(language)}`)}</strong>`;
    const link =
      url === null ? '' : ` <a href="${escapeText(url)}" target="_blank" rel="noopener">${say(({ open }) => open)}</a>`;
    // The store cannot look into somebody's account elsewhere: it takes their word, once.
    const go =
      url !== null && !done && customer?.status === 'member'
        ? form('claim', { rule: id }, `<button class="button">${say(({ collect }) => collect)}</button>`)
        : '';
    const ready = done ? `<small>${say(({ done: text }) => text)}</small>` : '';
    return [`<li><span>${nameOf(way, pen)}${link}${details(way, page, pen)}${ready}</span>${worth}${go}</li>`];
  });
  if (rows.length === 0) return '';
  return `<section><h2>${say(({ earn: heading }) => heading)}</h2><ul>${rows.join('')}</ul></section>`;
}

function nameOf({ kind, title, per, terms, multiplierBps }: Way, { say, points, money }: Pen): string {
  if (per !== null)
    return say(({ perAmount }, language) => perAmount(points(per.points)(language), money(per.spendMinor)(language)));
  if (terms !== null) return say((_, language) => sayTerms(terms, multiplierBps, language));
  return say(({ ways }) => title ?? ways[kind as keyof typeof ways]);
}

/** What does not go into one line with the name. */
function details({ id, terms }: Way, { shop, chosen }: RewardsPage, { say }: Pen): string {
  if (terms?.kind === 'happy-hours')
    return `<small>${say((_, language) => sayHours(terms, shop.timeZone, language))}</small>`;
  const named = chosen.get(id);
  return named ? `<small>${say((_, language) => sayTitles(named, language))}</small>` : '';
}
