import type { MyReferrals } from '../referrals/shopper.ts';
import { escapeText } from '../bundle-page-html.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import type { Pen } from './html.ts';

const percent = (bps: number, language: PageLanguage): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);

/** Link and code to share, and what became of each friend who came by it; nobody is named. */
export function friendsHtml(mine: MyReferrals, pen: Pen): string {
  const { say, urls } = pen;
  const { offer, friends, next, minOrderMinor } = mine;
  const gets =
    offer.type === 'none'
      ? ''
      : `<p>${say((words, language) =>
          offer.type === 'free-shipping'
            ? words.friendsShipping
            : words.friendsOff(
                offer.type === 'percentage' ? percent(offer.basisPoints, language) : pen.money(offer.minor)(language),
              ),
        )}</p>`;
  const brings = say((words, language) => words.friendsReward(rewardText(next, pen, language)));
  const least =
    minOrderMinor > 0
      ? `<p>${say((words, language) => words.friendsMinimum(pen.money(minOrderMinor)(language)))}</p>`
      : '';
  const invitation = urls.invitation(mine.code);
  const link = `<label>${say((words) => words.link)}<input id="trellis-link" type="text" readonly value="${invitation}"></label>${countCopies(pen)}`;
  const code =
    offer.type === 'none' ? '' : `<p>${say((words) => words.friendsCode)} <code>${escapeText(mine.code)}</code></p>`;
  const rows = friends.map(({ no, on, state, reward, code: own, dueAt, why, mayAppeal }) => {
    const worth = reward ? `<strong>${say((_, language) => rewardText(reward, pen, language))}</strong>` : '';
    const use =
      own === null
        ? ''
        : ` <code>${escapeText(own)}</code>${urls.apply ? `<a class="button" href="${urls.apply(own)}">${say(({ apply }) => apply)}</a>` : ''}`;
    const appeal = mayAppeal
      ? pen.form(
          'appeal',
          { friend: String(no) },
          `<label>${say((words) => words.appeal)}<textarea name="text" rows="2" maxlength="1000"></textarea></label><button class="button">${say((words) => words.appealSend)}</button>`,
        )
      : '';
    const due =
      dueAt === null ? '' : ` · ${say((words, language) => words.friendDue(pen.date(dueAt.toISOString())(language)))}`;
    const reason = why
      ? `<small>${say((words, language) => words.friendWhy(why.minor === null ? '' : pen.money(why.minor)(language))[why.code])}</small>`
      : '';
    return `<li><span>${say((words) => words.friend(String(no)))}<small>${say((_, language) => pen.date(`${on}T12:00:00Z`)(language))} · ${say((words) => words.friendStates[state])}${due}</small>${reason}</span>${worth}${use}${appeal}</li>`;
  });
  const list = rows.length === 0 ? '' : `<ul>${rows.join('')}</ul>`;
  return `<section><h2>${say((words) => words.friends)}</h2>${gets}${least}<p>${brings}</p>${tiersHtml(mine, pen)}${link}${code}${list}</section>`;
}

/** What more friends bring, and how far the advocate is; nothing where all friends bring the same. */
function tiersHtml({ tiers, counted }: MyReferrals, pen: Pen): string {
  if (tiers.length < 2) return '';
  const { say } = pen;
  const number = (count: number, language: PageLanguage) => new Intl.NumberFormat(language).format(count);
  const next = tiers.find(({ from }) => from > Math.max(1, counted));
  const rows = tiers.map(({ from, reward }) => {
    const what = say((words, language) => words.friendTier(number(from, language), rewardText(reward, pen, language)));
    // There is no way to the first friend.
    const way =
      from === 1 && counted === 0
        ? ''
        : say((words, language) =>
            from <= counted
              ? words.friendTierReached
              : words.friendProgress(number(counted, language), number(from, language)),
          );
    const bar =
      from === next?.from
        ? `<progress max="${String(from)}" value="${String(counted)}" aria-label="${way}"></progress>`
        : '';
    return `<li><span>${what}</span><span>${way}</span>${bar}</li>`;
  });
  return `<p><strong>${say((words) => words.friendTiers)}</strong></p><ul>${rows.join('')}</ul>`;
}

/** Whoever copies the link is about to share it. */
const countCopies = ({ fields, urls }: Pen): string =>
  `<script>document.getElementById('trellis-link').addEventListener('copy',()=>fetch('${urls.page}',{method:'POST',body:new URLSearchParams(${JSON.stringify({ ...fields, action: 'share' })})}).catch(()=>0),{once:true})</script>`;

function rewardText(reward: MyReferrals['next'], { points, money }: Pen, language: PageLanguage): string {
  if (reward.type === 'points') return points(reward.points)(language);
  return 'minor' in reward ? money(reward.minor)(language) : percent(reward.basisPoints, language);
}
