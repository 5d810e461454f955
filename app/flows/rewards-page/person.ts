import { readCodesOfCustomers } from '#app/domains/codes/index.ts';
import { findCustomers, hashEmail } from '#app/domains/customers/index.ts';
import {
  type HistoryRow,
  type LoyaltyView,
  readHistory,
  readLoyaltyView,
  tierName,
} from '#app/domains/loyalty/index.ts';
import { readReferralsOf } from '#app/domains/referrals/index.ts';
import { readScoresOf } from '#app/domains/segments/index.ts';
import { readShop, type Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { shownStates } from '../referrals/shopper.ts';
import { aboutOf } from './history-html.ts';
import { sayCode } from './names.ts';
import { rewardsWords } from './words.ts';

/** Tags of ours on the account in the store, which name groups that the merchant has made. */
const groupWords: Readonly<Record<PageLanguage, { readonly label: string; readonly name: string }>> = {
  en: { label: 'Groups that the shop has put you into', name: 'Group' },
  de: { label: 'Gruppen, in die der Shop Sie eingeordnet hat', name: 'Gruppe' },
  fr: { label: 'Groupes dans lesquels la boutique vous a classé', name: 'Groupe' },
  es: { label: 'Grupos en los que la tienda le ha incluido', name: 'Grupo' },
  ja: { label: 'ショップによるお客様の分類', name: 'グループ' },
};

/** More movements than anybody has. */
const mostMovements = 1_000;

export interface PersonRow {
  readonly name: string;
  readonly value: string;
}
/** A part of what is kept of a person, in words of their language; texts are plain. */
export interface PersonGroup {
  readonly id: 'points' | 'history' | 'codes' | 'friends' | 'groups';
  readonly label: string;
  readonly items: readonly (readonly PersonRow[])[];
}
interface Asked {
  readonly customerId: string | null;
  readonly email: string | null;
  readonly language: PageLanguage;
}

/**
 * Points, rewards, codes, friends and groups of a person, for the store's own tool that hands out what is kept of somebody. Who
 * asks for whom is the store's to say. Parts without anything are left out.
 */
export function readPersonRewards(
  services: Pick<Services, 'db' | 'clock' | 'secrets'>,
  shopId: ShopId,
  { customerId, email, language }: Asked,
): Promise<PersonGroup[]> {
  return services.db.inShop(shopId, async (scope) => {
    const known = await findCustomers(scope, customerId, hashEmail(services.secrets, email));
    const ids = [...new Set([...(customerId === null ? [] : [customerId]), ...known.map(({ id }) => id)])];
    const shop = await readShop(scope);
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: shop.timeZone });
    const groups = [
      ...(await pointsOf(scope, ids, services.clock.now(), language, (at) => date.format(at))),
      await codesOf(scope, ids, { view: await readLoyaltyView(scope, null, services.clock.now()), shop }, language),
      await friendsOf(scope, ids, language, (at) => date.format(at)),
      await groupsOf(scope, ids, language),
    ];
    return groups.filter(({ items }) => items.length > 0);
  });
}

async function pointsOf(
  scope: ShopScope,
  ids: readonly string[],
  now: Date,
  language: PageLanguage,
  date: (at: Date) => string,
): Promise<PersonGroup[]> {
  const words = rewardsWords[language];
  const balances: PersonRow[][] = [];
  const movements: PersonRow[][] = [];
  for (const id of ids) {
    const { rows } = await readHistory(scope, id, { before: null, limit: mostMovements });
    const view = await readLoyaltyView(scope, id, now);
    const member = view?.customer?.status === 'member' ? view.customer : null;
    if (!member && rows.length === 0) continue;
    balances.push([
      { name: words.balance, value: String(member?.available ?? rows[0]?.available ?? 0) },
      ...(member?.tier ? [{ name: words.tier, value: tierName(member.tier, language) }] : []),
    ]);
    movements.push(
      ...rows.map((row: HistoryRow) => [
        { name: words.date, value: date(row.at) },
        { name: words.what, value: words.about[aboutOf(row)] },
        { name: words.points, value: String(row.points) },
      ]),
    );
  }
  return [
    { id: 'points', label: words.title, items: balances },
    { id: 'history', label: `${words.title}: ${words.history}`, items: movements },
  ];
}

async function codesOf(
  scope: ShopScope,
  ids: readonly string[],
  { view, shop }: { readonly view: LoyaltyView | null; readonly shop: Shop },
  language: PageLanguage,
): Promise<PersonGroup> {
  const words = rewardsWords[language];
  const states: Readonly<Record<string, string | undefined>> = words.states;
  const codes = await readCodesOfCustomers(scope, ids);
  return {
    id: 'codes',
    label: words.codes,
    items: codes.map((one) => [
      {
        name: sayCode(one, view?.tiers ?? [], shop, language),
        value: `${one.code} (${states[one.state] ?? one.state})`,
      },
    ]),
  };
}

async function friendsOf(
  scope: ShopScope,
  ids: readonly string[],
  language: PageLanguage,
  date: (at: Date) => string,
): Promise<PersonGroup> {
  const words = rewardsWords[language];
  const states: Readonly<Record<string, keyof typeof words.friendStates | undefined>> = shownStates;
  const { advocates, referrals } = await readReferralsOf(scope, ids);
  return {
    id: 'friends',
    label: words.friends,
    items: [
      ...advocates.map(({ code }) => [{ name: words.link, value: code }]),
      ...referrals.map(({ placedAt, state }, at) => [
        { name: words.friend(String(at + 1)), value: words.friendStates[states[state] ?? 'waiting'] },
        { name: words.date, value: date(placedAt) },
      ]),
    ],
  };
}

async function groupsOf(scope: ShopScope, ids: readonly string[], language: PageLanguage): Promise<PersonGroup> {
  const { label, name } = groupWords[language];
  const { tags } = await readScoresOf(scope, ids);
  // One that the store refused is nowhere but in our list of refusals.
  const carried = new Set(tags.flatMap(({ tag, state }) => (state === 'refused' ? [] : [tag])));
  return { id: 'groups', label, items: [...carried].map((tag) => [{ name, value: tag }]) };
}
