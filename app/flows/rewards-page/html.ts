import { type LoyaltyView, tierName } from '#app/domains/loyalty/index.ts';
import { storeMoney } from '#app/shared/money-format.ts';
import { monthName } from '#app/shared/month-name.ts';
import { escapeText, type PageFrame } from '../bundle-page-html.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { earnHtml } from './earn-html.ts';
import { friendsHtml } from './friends-html.ts';
import { historyHtml } from './history-html.ts';
import { offersHtml } from './offers-html.ts';
import { picksHtml } from './picks-html.ts';
import { sayPoints, sayReward } from './names.ts';
import type { RewardsPage, WayPoint } from './read-page.ts';
import type { RewardsWords } from './words.ts';

/** The store around the page: what it puts into it, and where its links lead. All of it may stand in an attribute. */
export interface RewardsFrame {
  /** writes what `say` gives in the shopper's language, escaped */
  readonly print: (say: (words: RewardsWords, language: PageLanguage) => string) => string;
  readonly urls: Pick<PageFrame['urls'], 'addToCart' | 'cart' | 'product'> & {
    /** this page; forms post to it */
    readonly page: string;
    readonly logIn: string;
    readonly signUp: string;
    /** where a code is put into the cart, and the shopper goes on from there; null = the shopper types it in */
    readonly apply: ((code: string, back: WayPoint) => string) | null;
    /** what a friend opens, by the code */
    readonly invitation: (code: string) => string;
  };
}

/** What the parts of the page write with. */
export interface Pen {
  readonly say: RewardsFrame['print'];
  readonly points: (count: number) => (language: PageLanguage) => string;
  readonly money: (minor: number) => (language: PageLanguage) => string;
  /** what points are multiplied by, basis points */
  readonly times: (bps: number) => (language: PageLanguage) => string;
  /** of a reward, or of what points became */
  readonly title: (one: Parameters<typeof sayReward>[0]) => (language: PageLanguage) => string;
  readonly date: (iso: string) => (language: PageLanguage) => string;
  /** what every form carries */
  readonly fields: { readonly token: string };
  /** a form with what the server wants to know again */
  readonly form: (action: string, fields: Readonly<Record<string, string>>, inside: string) => string;
  readonly urls: Omit<RewardsFrame['urls'], 'apply'> & {
    /** puts a code into the cart and leads back to where the shopper comes from */
    readonly apply: ((code: string) => string) | null;
  };
}

const style = `<style>
.trellis-rewards{display:grid;gap:2rem;max-width:48rem;margin:2rem auto;padding:0 1rem}
.trellis-rewards section{display:grid;gap:.75rem}
.trellis-rewards h2{margin:0}
.trellis-rewards p{margin:0}
.trellis-rewards ul{list-style:none;margin:0;padding:0;display:grid;gap:.75rem}
.trellis-rewards li{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:.75rem 1rem;border:1px solid rgba(128,128,128,.35);border-radius:.5rem}
.trellis-rewards li>span:first-child{flex:1 1 12rem;overflow-wrap:anywhere}
.trellis-rewards small{display:block;opacity:.8}
.trellis-rewards progress{inline-size:100%;block-size:.75rem;accent-color:currentColor}
.trellis-rewards code{font-size:1.1em;font-weight:600;user-select:all}
.trellis-rewards form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:0}
.trellis-rewards label{display:grid;gap:.25rem;flex:1 1 6rem}
.trellis-rewards select,.trellis-rewards input,.trellis-rewards textarea,.trellis-rewards button{min-block-size:2.75rem;max-inline-size:100%;font:inherit}
.trellis-rewards textarea,.trellis-rewards input[readonly]{inline-size:100%}
.trellis-rewards button{padding:.5rem 1.25rem}
.trellis-rewards table{inline-size:100%;border-collapse:collapse}
.trellis-rewards th,.trellis-rewards td{text-align:start;padding:.5rem .25rem;border-block-end:1px solid rgba(128,128,128,.25)}
.trellis-rewards td:last-child,.trellis-rewards th:last-child{text-align:end;white-space:nowrap}
.trellis-rewards-balance{font-size:2em;font-weight:700}
.trellis-rewards-notice{padding:.75rem 1rem;border-inline-start:.25rem solid currentColor;background:rgba(128,128,128,.12)}
.trellis-launcher{display:none}
</style>`;

function penOf(page: RewardsPage, { print, urls }: RewardsFrame): Pen {
  const { timeZone } = page.shop;
  const { apply } = urls;
  const money: Pen['money'] = (minor) => (language) => storeMoney(minor, page.shop, language);
  return {
    say: print,
    urls: { ...urls, apply: apply && ((code) => apply(code, page.back ?? 'cart')) },
    fields: { token: page.token },
    points: (count) => (language) => sayPoints(page.view, count, language),
    title: (one) => (language) => sayReward(one, page.shop, language, (minor) => money(minor)(language)),
    money,
    times: (bps) => (language) => new Intl.NumberFormat(language).format(bps / 10_000),
    date: (iso) => (language) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone }).format(new Date(iso)),
    form: (action, fields, inside) =>
      `<form method="post" action="${urls.page}">${Object.entries({ token: page.token, action, ...fields })
        .map(([field, value]) => `<input type="hidden" name="${field}" value="${escapeText(value)}">`)
        .join('')}${inside}</form>`,
  };
}

const section = (heading: string, inside: string): string => `<section><h2>${heading}</h2>${inside}</section>`;
const list = (rows: readonly string[]): string => `<ul>${rows.map((row) => `<li>${row}</li>`).join('')}</ul>`;

/** The shopper's points, rewards, codes and friends; for guests what they would get. */
export function rewardsHtml(page: RewardsPage, frame: RewardsFrame): string {
  const pen = penOf(page, frame);
  const { say } = pen;
  const { view, notice, referrals } = page;
  const told = notice
    ? `<p class="trellis-rewards-notice" role="${notice.good ? 'status' : 'alert'}">${say(({ notices }) => notices[notice.code])}</p>`
    : '';
  const parts = [
    `<h1>${say(({ title }) => title)}</h1>`,
    told,
    intoCart(page, pen),
    offersHtml(page.offers, pen),
    ...(view ? programmeParts(view, page, pen) : []),
    referrals ? friendsHtml(referrals, pen) : '',
    view || referrals || page.offers.length > 0
      ? ''
      : `<p>${say(({ closed }) => closed)}</p>${page.token === '' ? `<p><a href="${frame.urls.logIn}">${say(({ logIn }) => logIn)}</a></p>` : ''}`,
    picksHtml(page.picks, pen),
  ];
  return `${style}<div class="trellis-rewards">${parts.join('')}</div>`;
}

/** A code that goes into the cart at once takes the shopper along. */
function intoCart({ notice }: RewardsPage, { urls }: Pen): string {
  const code = notice?.intoCart ?? null;
  return code === null || urls.apply === null ? '' : `<meta http-equiv="refresh" content="0;url=${urls.apply(code)}">`;
}

function programmeParts(view: LoyaltyView, page: RewardsPage, pen: Pen): string[] {
  const { customer } = view;
  const { say } = pen;
  if (customer === null) return [guestHtml(view, pen), earnHtml(view, page, pen), rewardList(view, page, pen)];
  if (customer.status === 'held-out') return [`<p>${say(({ closed }) => closed)}</p>`];
  if (customer.status === 'not-joined')
    return [
      `<section><p>${say(({ guest }) => guest)}</p>${view.joins === 'all' ? `<p>${say(({ byItself }) => byItself)}</p>` : ''}${pen.form('join', {}, `<button class="button">${say(({ join }) => join)}</button>`)}</section>`,
      earnHtml(view, page, pen),
      rewardList(view, page, pen),
    ];
  return [
    balanceHtml(customer, pen),
    tierHtml(customer, pen),
    rewardList(view, page, pen),
    codesHtml(customer.redemptions, pen),
    earnHtml(view, page, pen),
    birthdayHtml(view, page.birthdays, pen),
    historyHtml(page.history, pen),
  ];
}

function guestHtml(view: LoyaltyView, { say, points, urls }: Pen): string {
  const joining = view.joining.points;
  const bonus =
    joining > 0 ? `<p>${say(({ guestPoints }, language) => guestPoints(points(joining)(language)))}</p>` : '';
  return `<section><p>${say(({ guest }) => guest)}</p>${bonus}<p><a class="button" href="${urls.signUp}">${say(({ signUp }) => signUp)}</a> <a href="${urls.logIn}">${say(({ logIn }) => logIn)}</a></p></section>`;
}

type Member = Extract<NonNullable<LoyaltyView['customer']>, { available: number }>;

function balanceHtml(member: Member, { say, points, date }: Pen): string {
  const [next] = member.pendingLots;
  const [ending] = member.expiringLots;
  const lines = [
    next && say(({ pending }, language) => pending(points(next.points)(language), date(next.at)(language))),
    ending && say(({ expiring }, language) => expiring(points(ending.points)(language), date(ending.at)(language))),
    member.available < 0 && say(({ debt }) => debt),
  ];
  const shown = lines.flatMap((line) => (line ? [`<p>${line}</p>`] : [])).join('');
  return `<section aria-live="polite"><h2>${say(({ balance }) => balance)}</h2><p class="trellis-rewards-balance">${say((_, language) => points(member.available)(language))}</p>${shown}</section>`;
}

function tierHtml({ tier, nextTier }: Member, { say, points, money, times }: Pen): string {
  if (!tier && !nextTier) return '';
  const benefits = tier
    ? [
        ...(tier.multiplierBps > 10_000
          ? [say(({ multiplier }, language) => multiplier(times(tier.multiplierBps)(language)))]
          : []),
        ...(tier.freeShipping ? [say(({ freeShipping }) => freeShipping)] : []),
        ...tier.perks.map(escapeText),
      ]
    : [];
  const now = tier ? `<p><strong>${say((_, language) => tierName(tier, language))}</strong></p>` : '';
  const amount = nextTier?.measure === 'spend' ? money : points;
  const way = nextTier
    ? `<p>${say(({ toTier }, language) => toTier(tierName(nextTier, language)))}: ${say((_, language) => `${amount(nextTier.have)(language)} / ${amount(nextTier.at)(language)}`)}</p><progress max="100" value="${String(nextTier.percent)}" aria-label="${say(({ toTier }, language) => toTier(tierName(nextTier, language)))}"></progress>`
    : '';
  const row = benefits.length > 0 ? list(benefits.map((benefit) => `<span>${benefit}</span>`)) : '';
  return section(
    say(({ tier: heading }) => heading),
    `${now}${row}${way}`,
  );
}

function rewardList({ rewards, customer }: LoyaltyView, { requestIds, back }: RewardsPage, pen: Pen): string {
  if (rewards.length === 0) return '';
  const { say, points, money, title, form } = pen;
  const member = customer?.status === 'member';
  const rows = rewards.map((reward, at) => {
    const least = reward.minSubtotalMinor;
    const terms =
      least === null ? '' : `<small>${say(({ minimum }, language) => minimum(money(least)(language)))}</small>`;
    const cost = say((_, language) => points(reward.cost)(language));
    const button = reward.affordable
      ? form(
          'redeem',
          { reward: reward.id, request: requestIds[at] ?? '', ...(back === null ? {} : { then: back }) },
          `<button class="button" aria-label="${say(({ redeem }, language) => `${redeem}: ${title(reward)(language)}`)}">${say(({ redeem }) => redeem)}</button>`,
        )
      : `<span>${say(({ missing }, language) => missing(points(reward.missing)(language)))}</span>`;
    return `<span><strong>${say((_, language) => title(reward)(language))}</strong> <small>${cost}</small>${terms}</span>${member ? button : ''}`;
  });
  return section(
    say(({ rewards: heading }) => heading),
    list(rows),
  );
}

function codesHtml(redemptions: Member['redemptions'], { say, title, date, form, urls }: Pen): string {
  if (redemptions.length === 0) return '';
  const rows = redemptions.map((one) => {
    const { id, code, state, endsAt, cancellable } = one;
    const end =
      state === 'open' && endsAt !== null ? ` ${say(({ until }, language) => until(date(endsAt)(language)))}` : '';
    const shown = code !== null && state !== 'expired' ? ` <code>${escapeText(code)}</code>` : '';
    const use =
      state === 'open' && code !== null && urls.apply
        ? `<a class="button" href="${urls.apply(code)}">${say(({ apply }) => apply)}</a>`
        : '';
    const back = cancellable
      ? form('cancel', { redemption: id }, `<button class="button">${say(({ giveBack }) => giveBack)}</button>`)
      : '';
    return `<span>${say((_, language) => title(one)(language))}${shown}<small>${say(({ states }) => states[state])}${end}</small></span>${use}${back}`;
  });
  return section(
    say(({ codes }) => codes),
    list(rows),
  );
}

function birthdayHtml({ earn, customer }: LoyaltyView, offered: boolean, { say, form }: Pen): string {
  const asked = offered || earn.some(({ kind }) => kind === 'birthday');
  if (!asked || customer?.status !== 'member' || customer.birthday === 'given') return '';
  const select = (name: string, label: string, options: readonly string[]) =>
    `<label>${label}<select name="${name}">${options.map((text, at) => `<option value="${String(at + 1)}">${text}</option>`).join('')}</select></label>`;
  const months = Array.from({ length: 12 }, (_, at) => say((_words, language) => monthName(at, language)));
  const days = Array.from({ length: 31 }, (_, at) => String(at + 1));
  const inside = `${select(
    'month',
    say(({ month }) => month),
    months,
  )}${select(
    'day',
    say(({ day }) => day),
    days,
  )}<button class="button">${say(({ save }) => save)}</button>`;
  return section(
    say(({ birthday }) => birthday),
    form('birthday', {}, inside),
  );
}
