import type { ShopScope } from '#app/infra/database.ts';
import type { EarnPublication } from '#app/platforms/platform.ts';
import { bucketSeed } from '#app/shared/assignment.ts';
import type { EarnRule } from './earning/registry.ts';
import { localTime, startOfDay, wallTime } from './local-time.ts';
import { type ProgrammeSettings, versionAt } from './model.ts';
import { readRules } from './store.ts';

/** Days of happy hours that pages are told ahead: they are published anew each night. */
const daysAhead = 14;

const isKind =
  <K extends EarnRule['kind']>(kind: K) =>
  (rule: EarnRule): rule is Extract<EarnRule, { kind: K }> =>
    rule.kind === kind && rule.on;

/** What pages say of the points for money spent, read from the rules in force; null where there are none. */
export async function readEarnRule(scope: ShopScope, now: Date): Promise<EarnPublication | null> {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  return version ? publishedRule(version.settings, { salt: rules.salt, timeZone: rules.timeZone, now }) : null;
}

/**
 * The rules that a page can go by without knowing who looks: money spent, multipliers of products and happy hours. What
 * a member's tier adds and what an order earns as such is not among them, so that a page promises too little, never too
 * much. Null where money earns nothing.
 */
export function publishedRule(
  { rules, pointsName, currency, holdoutBps }: ProgrammeSettings,
  { salt, timeZone, now }: { readonly salt: string; readonly timeZone: string; readonly now: Date },
): EarnPublication | null {
  const money = publishedMoney(rules);
  if (!money) return null;
  const common = greatestCommonDivisor(money.points, money.perMinor);
  return {
    name: pointsName,
    currency,
    // Themes reckon with few digits: the smaller the figures, the larger the prices that they can take.
    points: money.points / common,
    perMinor: money.perMinor / common,
    multipliers: rules
      .filter(isKind('product-multiplier'))
      .map(({ bps, productIds, collectionIds }) => ({ bps, productIds, collectionIds })),
    hours: rules.filter(isKind('happy-hours')).flatMap((rule) => hoursOf(rule, timeZone, now)),
    seed: bucketSeed(salt),
    holdoutBps,
  };
}

/** Points for money spent, as the merchant wrote it; null where it earns nothing. */
export function publishedMoney(rules: readonly EarnRule[]): { points: number; perMinor: number } | null {
  const money = rules.find(isKind('amount'));
  return money ? { points: money.points, perMinor: money.perMinor } : null;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

function hoursOf(
  { bps, weekdays, from, to }: Extract<EarnRule, { kind: 'happy-hours' }>,
  timeZone: string,
  now: Date,
): EarnPublication['hours'] {
  const { year, month, day } = localTime(now, timeZone);
  // From yesterday on, whose night may reach into today, and from midnight: the same all day long.
  return Array.from({ length: daysAhead + 1 }, (_, at) => day - 1 + at).flatMap((date) => {
    const begin = startOfDay(year, month, date, timeZone);
    if (!weekdays.includes(localTime(begin, timeZone).weekday)) return [];
    const startsAt = wallTime(year, month, date, from, timeZone).toISOString();
    const endsAt = wallTime(year, month, to <= from ? date + 1 : date, to, timeZone).toISOString();
    return [{ bps, startsAt, endsAt }];
  });
}
