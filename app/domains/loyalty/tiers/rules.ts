import type { TierLevel, TierRules } from '../model.ts';

export interface TierState {
  /** id; '' = none */
  readonly tier: string;
  readonly since: Date | null;
  /** when the figures fell under the tier */
  readonly belowSince: Date | null;
}

const day = 86_400_000;

/** The highest tier that a figure reaches. */
export function tierFor(figure: number, levels: readonly TierLevel[]): TierLevel | null {
  return levels.findLast(({ at }) => figure >= at) ?? null;
}

/**
 * Up at once; down when the figures have been too low for the days of grace, and then as far as they are. A tier that the
 * merchant took away counts as none.
 * @param figure points or minor units of the period
 */
export function nextTier(state: TierState, figure: number, rules: TierRules, now: Date): TierState {
  const { levels, graceDays } = rules;
  const reached = tierFor(figure, levels);
  const rank = (id: string): number => levels.findIndex((level) => level.id === id);
  const [to, from] = [rank(reached?.id ?? ''), rank(state.tier)];
  if (to === from)
    return state.tier === '' || from >= 0
      ? { ...state, belowSince: null }
      : { tier: '', since: null, belowSince: null };
  if (to > from) return { tier: reached?.id ?? '', since: now, belowSince: null };
  const belowSince = state.belowSince ?? now;
  if (now.getTime() - belowSince.getTime() < graceDays * day) return { ...state, belowSince };
  return { tier: reached?.id ?? '', since: reached ? now : null, belowSince: null };
}

/**
 * What becomes of points for reaching a tier. They were given for the figures of a moment, and stand as long as what is left
 * of these is enough: time takes nothing back, an order that goes does. Who has the figures again, or still, by something
 * else keeps them; they stand for this moment then.
 * @param stands they were given and not taken back
 * @param enoughThen what is left of the figures that they were given for reaches the tier, by the rules of then
 * @param enoughNow the figures of today reach it
 */
export function entryMove(
  stands: boolean,
  enoughThen: boolean,
  enoughNow: boolean,
): 'give' | 'renew' | 'take-back' | null {
  if (!stands) return enoughNow ? 'give' : null;
  if (enoughThen) return null;
  return enoughNow ? 'renew' : 'take-back';
}

/** A time in which figures count, both ends in it; `until` null = without an end. */
export interface Span {
  readonly since: Date;
  readonly until: Date | null;
}

/**
 * The times over which figures are added up, each for itself; the best of them counts. By calendar years these are last year
 * and this one: who reaches a tier in a year keeps it through the next, and two halves make no whole.
 * @param startOfYear 1 January of a year in the shop's zone
 */
export function spansOf(
  period: TierRules['period'],
  now: Date,
  year: number,
  startOfYear: (year: number) => Date,
): readonly Span[] {
  if (period === 'lifetime') return [{ since: new Date(0), until: null }];
  if (period === 'rolling') return [{ since: new Date(now.getTime() - 365 * day), until: null }];
  const [last, current] = [startOfYear(year - 1), startOfYear(year)];
  return [
    { since: last, until: new Date(current.getTime() - 1) },
    { since: current, until: null },
  ];
}
