import type { OrderReasons, ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import { formatCount, formatMoney, formatPlural } from '../../ui/format.ts';
import { clockTime } from '../../ui/local-time.ts';
import { type EarnRule, earnWords } from '../loyalty_.programme/earn-words.ts';

/** Why an order gave points, or gave fewer, in the words of the rules that it was placed under. */
export interface ReasonWords {
  readonly text: string;
  /** below zero = taken off */
  readonly points: number;
}

type Explained = Pick<OrderReasons, 'version' | 'tier' | 'currency' | 'reasons'>;

export function reasonWords({ version: { settings }, tier, currency, reasons }: Explained): ReasonWords[] {
  return reasons.map(({ kind, rule: id, points }) => {
    if (kind === 'tier') return { text: multiplierOf(tier, settings), points };
    if (kind === 'cap') return { text: capsOf(settings), points };
    if (kind === 'currency')
      return { text: `No rate for ${currency ?? 'the order’s currency'}: money in it gives no points`, points };
    return { text: ruleWords(id, kind, settings), points };
  });
}

/** A rule by its id; what was given for a tier has `tier:` and the tier's id. */
export function ruleWords(id: string, kind: string, settings: ProgrammeSettings): string {
  const level = settings.tiers.levels.find((one) => `tier:${one.id}` === id);
  if (level) return `Reached ${level.name}: ${formatPlural(level.entryPoints, 'point')}`;
  const rule = settings.rules.find((one) => one.id === id);
  if (rule) return `${earnWords[rule.kind].name}: ${termsOf(rule, settings)}`;
  return kind in earnWords ? earnWords[kind as EarnRule['kind']].name : kind;
}

const times = (bps: number): string => `${formatCount(bps / 10_000)} times the points for money`;

function multiplierOf(tier: string, { tiers }: ProgrammeSettings): string {
  const level = tiers.levels.find(({ id }) => id === tier);
  return level ? `Tier ${level.name}: ${times(level.multiplierBps)}` : 'Tier';
}

function capsOf({ caps: { perDay, perYear } }: ProgrammeSettings): string {
  const limits = [
    ...(perDay === null ? [] : [`${formatCount(perDay)} a day`]),
    ...(perYear === null ? [] : [`${formatCount(perYear)} a year`]),
  ];
  return `Limit reached: orders give at most ${limits.join(' and ')}`;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function termsOf(rule: EarnRule, { currency }: ProgrammeSettings): string {
  switch (rule.kind) {
    case 'amount':
      return `${formatPlural(rule.points, 'point')} for every ${formatMoney(rule.perMinor, currency)}`;
    case 'product-multiplier':
      return times(rule.bps);
    case 'happy-hours': {
      const days = rule.weekdays.map((day) => weekdays[day - 1] ?? '').join(', ');
      return `${times(rule.bps)}, ${days} ${clockTime(rule.from)} to ${clockTime(rule.to)}`;
    }
    case 'recent-order':
      return `${formatPlural(rule.points, 'point')} within ${formatPlural(rule.days, 'day')}`;
    case 'new-customer':
      return `${formatPlural(rule.points, 'point')} within ${formatPlural(rule.days, 'day')} of the account`;
    case 'order-count':
      return `${formatPlural(rule.points, 'point')} for ${rule.repeats ? `every ${formatCount(rule.count)} orders` : `order ${formatCount(rule.count)}`}`;
    default:
      return formatPlural(rule.points, 'point');
  }
}
