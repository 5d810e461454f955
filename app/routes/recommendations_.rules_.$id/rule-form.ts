import type { Rule, RuleFormInput, RuleTarget } from '#app/domains/recommendations/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { fromLocalInput, toLocalInput } from '../../ui/local-time.ts';
import type { Titles } from '../../ui/rules/rule-words.ts';
import { typedMoney, typedNumber, typedShare } from '../../ui/typed.ts';

/** A target as it is typed: each kind uses its part of it. */
export interface TargetText {
  readonly kind: RuleTarget['kind'];
  readonly chosen: readonly { readonly id: string; readonly title: string }[];
  /** names, one a line */
  readonly names: string;
  readonly from: string;
  readonly to: string;
}

export interface RuleText {
  readonly title: string;
  readonly action: Rule['action'];
  readonly status: 'on' | 'off';
  readonly surfaces: readonly Rule['surfaces'][number][];
  readonly target: TargetText;
  /** only looked at where `conditional` */
  readonly condition: TargetText;
  readonly conditional: boolean;
  readonly strength: string;
  /** a bundle's, '' for no saving, or `ownSaving` */
  readonly bundleId: string;
  /** percent, only looked at with `ownSaving` */
  readonly saving: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** Chosen where the rule gives a percentage by itself. */
export const ownSaving = 'own';

export interface RuleUnits {
  readonly currency: string;
  readonly timeZone: string;
}

const emptyTarget: TargetText = { kind: 'products', chosen: [], names: '', from: '', to: '' };

export const emptyRule: RuleText = {
  title: '',
  action: 'pin',
  status: 'on',
  surfaces: ['cart', 'together', 'similar'],
  target: emptyTarget,
  condition: emptyTarget,
  conditional: false,
  strength: '50',
  bundleId: '',
  saving: '10',
  startsAt: '',
  endsAt: '',
};

function bandText(target: Extract<RuleTarget, { from: unknown }>, currency: string): Pick<TargetText, 'from' | 'to'> {
  const write = (value: number | null): string => {
    if (value === null) return '';
    if (target.kind === 'price') return formatDecimal(value, currency);
    return target.kind === 'margin' ? String(value / 100) : String(value);
  };
  return { from: write(target.from), to: write(target.to) };
}

function toTargetText(target: RuleTarget, titles: Titles, currency: string): TargetText {
  const base = { ...emptyTarget, kind: target.kind };
  if ('names' in target) return { ...base, names: target.names.join('\n') };
  if ('from' in target) return { ...base, ...bandText(target, currency) };
  if (target.kind === 'all') return base;
  const known = target.kind === 'products' ? titles.products : titles.collections;
  return { ...base, chosen: target.ids.map((id) => ({ id, title: known[id] ?? 'Gone from the store' })) };
}

/** A stored rule as texts. */
export function toRuleText(rule: Rule, titles: Titles, { currency, timeZone }: RuleUnits): RuleText {
  return {
    title: rule.title,
    action: rule.action,
    status: rule.status,
    surfaces: rule.surfaces,
    target: toTargetText(rule.target, titles, currency),
    condition: rule.condition ? toTargetText(rule.condition, titles, currency) : emptyTarget,
    conditional: rule.condition !== null,
    strength: rule.strengthPercent > 0 ? String(rule.strengthPercent) : emptyRule.strength,
    bundleId: rule.savingBps > 0 ? ownSaving : (rule.bundleId ?? ''),
    saving: rule.savingBps > 0 ? String(rule.savingBps / 100) : emptyRule.saving,
    startsAt: rule.startsAt ? toLocalInput(rule.startsAt, timeZone) : '',
    endsAt: rule.endsAt ? toLocalInput(rule.endsAt, timeZone) : '',
  };
}

/** Left empty = open; a minus is only read where a share may be below zero. */
function bandEnd(text: string, read: (plain: string) => number, signed = false): number | null {
  const plain = text.trim();
  if (plain === '') return null;
  return signed && plain.startsWith('-') ? -read(plain.slice(1)) : read(plain);
}

function toTarget(text: TargetText, currency: string): RuleTarget {
  const { kind } = text;
  switch (kind) {
    case 'all':
      return { kind };
    case 'products':
    case 'collections':
      return { kind, ids: text.chosen.map(({ id }) => id) };
    case 'tags':
    case 'vendors':
    case 'types':
      return {
        kind,
        names: text.names
          .split('\n')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      };
    case 'price':
    case 'stock':
    case 'margin': {
      const read = {
        price: (plain: string) => typedMoney(plain, currency),
        stock: (plain: string) => typedNumber(plain),
        margin: typedShare,
      }[kind];
      const end = (typed: string) => bandEnd(typed, read, kind === 'margin');
      return { kind, from: end(text.from), to: end(text.to) };
    }
  }
}

/** What is sent; the schema decides what is valid. Unreadable numbers become text that it refuses. */
export function toRuleInput(form: RuleText, { currency, timeZone }: RuleUnits): RuleFormInput {
  const moment = (text: string): string => (text === '' ? '' : (fromLocalInput(text, timeZone)?.toISOString() ?? text));
  const needsCondition = form.action === 'suggest';
  const givesSaving = form.action === 'suggest' && form.bundleId === ownSaving;
  return {
    title: form.title,
    action: form.action,
    status: form.status,
    surfaces: [...form.surfaces],
    target: toTarget(form.target, currency),
    condition: form.conditional || needsCondition ? toTarget(form.condition, currency) : null,
    strengthPercent: form.action === 'boost' || form.action === 'bury' ? typedNumber(form.strength) : 0,
    savingBps: givesSaving ? typedShare(form.saving) : 0,
    bundleId: form.action === 'suggest' && form.bundleId !== '' && !givesSaving ? form.bundleId : null,
    startsAt: moment(form.startsAt),
    endsAt: moment(form.endsAt),
  };
}

/** JSON has no NaN: it would arrive as "open", so it goes as a word that the schema refuses. */
export function toBody(revision: number, input: RuleFormInput): string {
  return JSON.stringify({ revision, form: input }, (_key, value: unknown) =>
    typeof value === 'number' && Number.isNaN(value) ? 'unreadable' : value,
  );
}
