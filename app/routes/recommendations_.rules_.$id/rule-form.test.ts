import { wordsOf } from '../../ui/platform-words.ts';
import { describe, expect, it } from 'vitest';
import { ruleFormSchema } from '#app/domains/recommendations/index.ts';
import { emptyRule, toBody, toRuleInput, toRuleText } from './rule-form.ts';

const units = { currency: 'EUR', timeZone: 'Europe/Berlin' };
const titles = { products: { '5': 'Tea' }, collections: {}, words: wordsOf(null) };
const chosen = [{ id: '5', title: 'Tea' }];
const sent = (form: typeof emptyRule): { revision: number; form: unknown } =>
  JSON.parse(toBody(1, toRuleInput(form, units))) as { revision: number; form: unknown };

describe('a rule that is typed', () => {
  const products = { ...emptyRule.target, chosen };
  it.each([
    ['a pin', { target: products }],
    ['a boost of a price band', { action: 'boost', target: { ...products, kind: 'price', chosen: [], to: '19.90' } }],
    ['a margin below zero', { action: 'bury', target: { ...products, kind: 'margin', chosen: [], from: '-5' } }],
    ['tags', { action: 'exclude', target: { ...products, kind: 'tags', chosen: [], names: 'sale\n new ' } }],
    ['a suggestion', { action: 'suggest', target: products, condition: products, conditional: true }],
    [
      'a suggestion at 12.5 % off',
      { action: 'suggest', target: products, condition: products, conditional: true, bundleId: 'own', saving: '12.5' },
    ],
  ] as const)('%s comes back as it was', (_name, part) => {
    const form = { ...emptyRule, title: 'Rule', ...part };
    const parsed = ruleFormSchema.parse(sent(form).form);
    const stored = { ...parsed, id: 'r', position: 0, revision: 1, createdAt: new Date(0), updatedAt: new Date(0) };
    expect(ruleFormSchema.parse(sent(toRuleText(stored, titles, units)).form)).toEqual(parsed);
  });

  it('an amount that cannot be read is refused, not taken for an open end', () => {
    const form = { ...emptyRule, title: 'Rule', target: { ...products, kind: 'price', from: 'ten' } } as const;
    const issues = ruleFormSchema.safeParse(sent(form).form).error?.issues ?? [];
    expect(issues.map(({ path }) => path.join('.'))).toContain('target.from');
  });
});
