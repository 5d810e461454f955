import type { ShopScope } from '#app/infra/database.ts';
import type { ProgrammePublication } from '#app/platforms/platform.ts';
import { bucketSeed } from '#app/shared/assignment.ts';
import type { EarnRule } from './earning/registry.ts';
import { type ProgrammeSettings, versionAt } from './model.ts';
import { publishedMoney } from './published-rule.ts';
import { readRules } from './store.ts';

/** Every page of the store reads it: what a small panel shows, not more. */
const most = { ways: 3, rewards: 12 };

/** Ways to points that pages have words for, the most usual first. */
const shownWays = ['order', 'first-order', 'review', 'birthday', 'first-subscription'] as const;

type Way = Extract<EarnRule, { kind: (typeof shownWays)[number] }>;

/** What pages say of the programme in force; null where there is none. `keyOf` names a level as its members' keys do. */
export async function readShownProgramme(
  scope: ShopScope,
  now: Date,
  keyOf: (levelId: string) => string,
): Promise<ProgrammePublication | null> {
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  return version ? shownProgramme(version.settings, rules.salt, keyOf) : null;
}

/** The programme without what depends on who looks. */
export function shownProgramme(
  settings: ProgrammeSettings,
  salt: string,
  keyOf: (levelId: string) => string,
): ProgrammePublication {
  const { rules, tiers, rewards, pointsName, pointName, currency, enrolment, holdoutBps } = settings;
  const signUp = rules.find((rule) => rule.kind === 'sign-up' && rule.on);
  const ways = shownWays.flatMap((kind) =>
    rules.filter((rule): rule is Way => rule.kind === kind && rule.on && rule.points > 0),
  );
  return {
    name: pointsName,
    nameOfOne: pointName === '' ? pointsName : pointName,
    money: publishedMoney(rules),
    currency,
    joins: enrolment,
    joining: signUp?.kind === 'sign-up' ? signUp.points : 0,
    ways: ways.slice(0, most.ways).map(({ kind, points }) => ({ kind, points })),
    rewards: rewards
      .filter(({ on }) => on)
      .toSorted((a, b) => a.cost - b.cost)
      .slice(0, most.rewards)
      .map(({ title, cost }) => ({ title, cost })),
    measure: tiers.measure,
    levels: tiers.levels.map(({ id, name, at }) => ({ key: keyOf(id), name, at })),
    seed: bucketSeed(salt),
    holdoutBps,
  };
}
