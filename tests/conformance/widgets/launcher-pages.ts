import type { ProgrammePublication } from '#app/platforms/platform.ts';
import { bucketSeed } from '#app/shared/assignment.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { globals, type WidgetPage } from './pages.ts';

const programme: ProgrammePublication = {
  name: 'points',
  nameOfOne: 'point',
  money: { points: 3, perMinor: 200 },
  currency: 'EUR',
  joins: 'all',
  joining: 50,
  ways: [
    { kind: 'first-order', points: 100 },
    { kind: 'review', points: 1 },
    { kind: 'of a later version', points: 5 },
  ],
  rewards: [200, 400, 800, 1_600, 3_200].map((cost) => ({ title: `Reward ${String(cost)}`, cost })),
  measure: 'points',
  levels: [
    { key: 'kBronze', name: 'Bronze', at: 0 },
    { key: 'kSilver', name: 'Silver', at: 500 },
    { key: 'kGold', name: 'Gold', at: 2_000 },
  ],
  seed: bucketSeed('0a1b2c'),
  holdoutBps: 0,
};

/** What the app told of a customer; undefined = a guest. */
interface Told {
  readonly id?: number;
  readonly points?: number;
  readonly figure?: number;
  readonly keys?: string;
}

interface Look {
  readonly language?: string;
  readonly currency?: string;
  readonly label?: string;
  readonly routes?: object;
}

function page(what: string, change: Partial<ProgrammePublication> | null, told?: Told, look: Look = {}): WidgetPage {
  const { language = 'en', currency = 'EUR', label, routes = {} } = look;
  const given = globals(null, { language, currency });
  const { $app } = (given['app'] as { metafields: { $app: object } }).metafields;
  const { id = 1, points, figure, keys } = told ?? {};
  const field = (key: string, value: unknown) => (value === undefined ? {} : { [key]: { value } });
  const own = { ...field('points', points), ...field('figure', figure), ...field('keys', keys) };
  return {
    what,
    template: 'rewards-launcher',
    settings: label === undefined ? {} : { label },
    globals: {
      ...given,
      routes: { ...(given['routes'] as object), ...routes },
      app: {
        metafields: { $app: { ...$app, ...(change ? { programme: { value: { ...programme, ...change } } } : {}) } },
      },
      customer: told ? { id, metafields: { $app: own } } : null,
    },
  };
}

const member: Told = { points: 450, figure: 700, keys: 'other kSilver' };
const spend = { measure: 'spend', levels: [{ key: 'kGold', name: 'Gold', at: 12_345 }] } as const;

/** Every look of the launcher. */
export const launcherPages: readonly WidgetPage[] = [
  page('no programme', null, member),
  ...['en', 'de', 'fr', 'es', 'ja', 'it'].flatMap((language) => [
    page(`guest: ${language}`, {}, undefined, { language }),
    page(`member: ${language}`, {}, member, { language }),
  ]),
  page('addresses of the store', {}, undefined, {
    routes: { account_login_url: '/in', account_register_url: '/new', trellis_rewards: '/?trellis_page=rewards' },
  }),
  page('one address for both', {}, undefined, { routes: { account_login_url: '/in' } }),
  page('nothing for an account', { joining: 0 }),
  page('words of the merchant', {}, member, { label: '<b>Stars</b>' }),
  ...[-5, 0, 1, 199, 200, 401, 1_600, 99_999].map((points) =>
    page(`balance ${String(points)}`, {}, { ...member, points }),
  ),
  page('nothing told', {}, {}),
  page('nothing told, who wants joins', { joins: 'join' }, {}),
  page('joined', { joins: 'join' }, { points: 5 }),
  page('joined, with nothing yet', { joins: 'join' }, { points: 0, keys: 'member' }),
  page('invited only', { joins: 'join' }, { points: 0, keys: 'anOffer' }),
  ...['de', 'fr', 'es', 'ja'].map((language) => page(`nothing told: ${language}`, {}, {}, { language })),
  page('guest, levels by money', spend),
  page('guest, levels by money of another', spend, undefined, { currency: 'JPY' }),
  page('guest, no levels', { levels: [] }),
  page('the highest level', {}, { points: 5, figure: 9_000, keys: 'kGold' }),
  page('less than the level asks for', {}, { points: 5, figure: 3, keys: 'kSilver' }),
  page('no level yet', { levels: programme.levels.slice(1) }, { points: 5, figure: 499 }),
  page('no levels', { levels: [] }, member),
  page('a level from nothing', { levels: programme.levels.slice(0, 1) }, { points: 5 }),
  page('level by money', spend, { points: 5, figure: 6_000 }),
  page('level by money in yen', { ...spend, currency: 'JPY' }, { points: 5, figure: 6_000 }, { currency: 'JPY' }),
  page('level by money, paid in another', spend, { points: 5, figure: 6_000 }, { currency: 'JPY' }),
  page('more than the level asks for', spend, { points: 5, figure: 20_000 }),
  page('no rewards', { rewards: [] }, member),
  page('two rewards', { rewards: programme.rewards.slice(0, 2) }, { points: 1_000 }),
  page('money earns nothing', { money: null }, member),
  page('nothing earns', { money: null, ways: [] }, member),
  page('one point for money', { money: { points: 1, perMinor: 100 } }),
  ...[1, 7, 12, 345, 6_789].map((id) => page(`customer ${String(id)}`, { holdoutBps: 5_000 }, { ...member, id })),
  ...[['plain', 'Stars'] as const, ...hostileTexts].flatMap(([why, text]) => {
    const name = text.toWellFormed();
    const rewards = [{ title: name, cost: 5 }];
    const levels = [{ key: 'kGold', name, at: 5 }];
    const change = { name, nameOfOne: name, rewards, levels };
    return [page(`guest: ${why}`, change), page(`member: ${why}`, change, { points: 1, figure: 1 })];
  }),
];
