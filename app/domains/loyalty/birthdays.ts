import type { ShopScope } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { giveActivities } from './give-activities.ts';
import { localTime, startOfDay } from './local-time.ts';
import { versionAt } from './model.ts';
import { readRules } from './store.ts';
import { type Among, countBornOn, readBornOn, saveBirthday } from './store-birthdays.ts';

/** A date of the calendar without its year. */
export interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** Days back for which a birthday is made good where the job did not run. */
const daysBack = 3;
/** Whoever tells a birthday has to wait so long for a gift: it is no way to get one tomorrow. */
const daysTold = 7;
const dayMs = 86_400_000;

const isDate = ({ month, day }: MonthDay): boolean => {
  const date = new Date(Date.UTC(2028, month - 1, day));
  return (
    Number.isInteger(month) && Number.isInteger(day) && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
};

const hashOf = (secrets: Secrets, { shopId }: ShopScope, { month, day }: MonthDay): string =>
  secrets.hash(`${String(month)}-${String(day)}`, `birthday ${shopId}`);

/** Keeps a member's birthday as a hash. It is said once: who could change it would have one each month. */
export async function giveBirthday(
  secrets: Secrets,
  scope: ShopScope,
  customerId: string,
  date: MonthDay,
  now: Date,
): Promise<Result<null, 'invalid' | 'already' | 'not-a-member'>> {
  if (!isDate(date)) return fail('invalid', 'There is no such day.');
  const saved = await saveBirthday(scope, customerId, hashOf(secrets, scope, date), now);
  if (saved === 'not-a-member') return fail(saved, 'Join the programme first.');
  return saved === 'already' ? fail(saved, 'The birthday was given before.') : ok(null);
}

/** Whose birthday is kept on this day; 29 February is kept on the 28th in years without one. */
export function birthdaysOn({ year, month, day }: MonthDay & { readonly year: number }): MonthDay[] {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return month === 2 && day === 28 && !leap
    ? [
        { month, day },
        { month: 2, day: 29 },
      ]
    : [{ month, day }];
}

/** Gives points to whose birthday is today or was in the last days, by the shop's calendar; once a year. Returns how many got them. */
export async function giveBirthdayPoints(secrets: Secrets, scope: ShopScope, now: Date): Promise<number> {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  const rule = version?.settings.rules.find((one) => one.kind === 'birthday' && one.on);
  if (!version || rule?.kind !== 'birthday') return 0;
  let given = 0;
  for (let back = 0; back <= daysBack; back += 1) {
    const date = localTime(new Date(now.getTime() - back * dayMs), rules.timeZone);
    const hashes = birthdaysOn(date).map((one) => hashOf(secrets, scope, one));
    const born = await readBornOn(scope, hashes);
    const activities = born.map((customerId) => ({
      customerId,
      rule: rule.id,
      reference: String(date.year),
      kind: rule.kind,
      version: version.version,
      points: rule.points,
    }));
    given += (await giveActivities(scope, activities, version.settings, rules.timeZone, now)).length;
  }
  return given;
}

/** A member's birthday, in a year of the shop's calendar. */
export interface Birthday {
  readonly customerId: string;
  readonly year: number;
}

/**
 * Members whose birthday is today or was in the last days, by the shop's calendar, whether birthdays earn points or not.
 * One that was told less than a week before does not count in its first year.
 * @param since birthdays of the days before this one are left out
 */
export async function readBirthdays(
  secrets: Secrets,
  scope: ShopScope,
  since: Date,
  now: Date,
): Promise<readonly Birthday[]> {
  const rules = await readRules(scope);
  if (!rules) return [];
  const { timeZone } = rules;
  const found: Birthday[] = [];
  for (let back = 0; back <= daysBack; back += 1) {
    const at = new Date(now.getTime() - back * dayMs);
    const date = localTime(at, timeZone);
    const { year, month, day } = date;
    // The day on which it began counts as a whole.
    if (startOfDay(year, month, day + 1, timeZone) <= since) break;
    const hashes = birthdaysOn(date).map((one) => hashOf(secrets, scope, one));
    const born = await readBornOn(scope, hashes, startOfDay(year, month, day - daysTold, timeZone));
    found.push(...born.map((customerId) => ({ customerId, year })));
  }
  return found;
}

/**
 * How many members have birthday within so many days from now on.
 * @param among customers who alone are counted
 */
export async function countBirthdays(
  secrets: Secrets,
  scope: ShopScope,
  { days, among }: { readonly days: number; readonly among: Among },
  now: Date,
): Promise<number> {
  const rules = await readRules(scope);
  if (!rules) return 0;
  const dates = Array.from({ length: days }, (_, ahead) =>
    birthdaysOn(localTime(new Date(now.getTime() + ahead * dayMs), rules.timeZone)),
  );
  return countBornOn(scope, [...new Set(dates.flat().map((one) => hashOf(secrets, scope, one)))], among);
}
