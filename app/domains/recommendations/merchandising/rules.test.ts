import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../model.ts';
import { defaultMerchandising, type Rule, ruleFormSchema, type RuleProduct, type RuleTarget } from './model.ts';
import {
  adjustmentsInWords,
  applyRules,
  likeness,
  matchesTarget,
  nextRuleChange,
  rulePhase,
  rulesFor,
} from './rules.ts';

const now = new Date('2026-11-21T12:00:00Z');
const product = (id: string, values: Partial<RuleProduct> = {}): RuleProduct => ({
  id,
  productType: 'Tee',
  vendor: 'Acme',
  tags: ['Summer'],
  collectionIds: ['10'],
  priceMinor: 1000,
  stock: 5,
  marginBps: 4000,
  ...values,
});
const rule = (action: Rule['action'], target: RuleTarget, values: Partial<Rule> = {}): Rule => ({
  id: `${action}-${JSON.stringify(target)}`,
  title: `my ${action}`,
  action,
  status: 'on',
  surfaces: ['cart'],
  target,
  condition: null,
  savingBps: 0,
  strengthPercent: 100,
  bundleId: null,
  startsAt: null,
  endsAt: null,
  position: 0,
  revision: 1,
  createdAt: now,
  updatedAt: now,
  ...values,
});
const only = (...ids: string[]): RuleTarget => ({ kind: 'products', ids });
const candidate = (productId: string, score: number): Suggestion => ({
  productId,
  score,
  source: 'together',
  reason: { support: 3, lift: 2, because: null },
});
const apply = (
  rules: Rule[],
  candidates = ['a', 'b', 'c', 'd'].map((id, k) => candidate(id, 4 - k)),
  settings = defaultMerchandising,
  products = ['a', 'b', 'c', 'd'].map((id) => product(id)),
  limit = 4,
) =>
  applyRules(candidates, {
    rules,
    settings,
    products: new Map(products.map((one) => [one.id, one])),
    logChance: ({ score }) => score,
    limit,
  });
const order = (...given: Parameters<typeof apply>) => apply(...given).map((one) => one.productId);

describe('a target', () => {
  it.each<[string, RuleTarget, Partial<RuleProduct>, boolean]>([
    ['every product', { kind: 'all' }, {}, true],
    ['a product', only('x', 'p'), {}, true],
    ['another product', only('x'), {}, false],
    ['a collection', { kind: 'collections', ids: ['9', '10'] }, {}, true],
    ['a tag in any case', { kind: 'tags', names: ['SUMMER'] }, {}, true],
    ['a tag that is part of one', { kind: 'tags', names: ['Sum'] }, {}, false],
    ['a vendor', { kind: 'vendors', names: ['acme'] }, {}, true],
    ['a type', { kind: 'types', names: ['tee'] }, {}, true],
    ['a price at the lower end', { kind: 'price', from: 1000, to: null }, {}, true],
    ['a price above the upper end', { kind: 'price', from: null, to: 999 }, {}, false],
    ['little stock', { kind: 'stock', from: null, to: 5 }, {}, true],
    ['stock that is not tracked', { kind: 'stock', from: 0, to: null }, { stock: null }, false],
    ['a margin', { kind: 'margin', from: 4000, to: null }, {}, true],
    ['a margin of unknown cost', { kind: 'margin', from: null, to: 10_000 }, { marginBps: null }, false],
    ['a negative margin', { kind: 'margin', from: null, to: 0 }, { marginBps: -500 }, true],
  ])('%s', (_name, target, values, expected) => {
    expect(matchesTarget(target, product('p', values))).toBe(expected);
  });
});

describe('rules on a list', () => {
  it.each<[string, Rule[], string[]]>([
    ['none', [], ['a', 'b', 'c', 'd']],
    ['a pin goes to the front', [rule('pin', only('c'))], ['c', 'a', 'b', 'd']],
    ['pins stand in the order of their names', [rule('pin', only('d', 'b'))], ['d', 'b', 'a', 'c']],
    ['the first pin goes first', [rule('pin', only('d')), rule('pin', only('c'))], ['d', 'c', 'a', 'b']],
    ['a boost of 100 % is ln 2, too little here', [rule('boost', only('c'))], ['a', 'b', 'c', 'd']],
    [
      'a boost of 1000 % passes one and a bit',
      [rule('boost', only('c'), { strengthPercent: 1000 })],
      ['c', 'a', 'b', 'd'],
    ],
    ['a bury', [rule('bury', only('a'), { strengthPercent: 300 })], ['b', 'a', 'c', 'd']],
    ['an exclusion', [rule('exclude', only('b'))], ['a', 'c', 'd']],
    ['an exclusion beats a pin', [rule('pin', only('b')), rule('exclude', only('b'))], ['a', 'c', 'd']],
    [
      'a pin beats a bury',
      [rule('bury', only('c'), { strengthPercent: 1000 }), rule('pin', only('c'))],
      ['c', 'a', 'b', 'd'],
    ],
    [
      'a pin beats a boost',
      [rule('boost', only('d'), { strengthPercent: 1000 }), rule('pin', only('c'))],
      ['c', 'a', 'd', 'b'],
    ],
    [
      'boosts add up',
      [rule('boost', only('c')), rule('boost', { kind: 'types', names: ['tee'] })],
      ['a', 'b', 'c', 'd'],
    ],
  ])('%s', (_name, rules, expected) => {
    expect(order(rules)).toEqual(expected);
  });

  it('puts value beside chance', () => {
    const products = [
      product('a'),
      product('b', { priceMinor: 100_000 }),
      product('c', { marginBps: 10_000 }),
      product('d'),
    ];
    const by = (objective: 'clicks' | 'revenue' | 'margin') =>
      order([], undefined, { ...defaultMerchandising, objective, objectivePercent: 100 }, products);
    expect(by('clicks')).toEqual(['a', 'b', 'c', 'd']);
    expect(by('revenue')).toEqual(['b', 'a', 'c', 'd']);
    expect(by('margin')).toEqual(['b', 'a', 'c', 'd']);
    const chances = ['a', 'c'].map((id, k) => candidate(id, 0.5 - k / 2));
    expect(
      order([], chances, { ...defaultMerchandising, objective: 'margin', objectivePercent: 100 }, products),
    ).toEqual(['c', 'a']);
  });

  it('does not fill the list from one shelf when the merchant wants variety', () => {
    const products = [
      product('a'),
      product('b'),
      product('c', { productType: 'Mug', vendor: 'Other', tags: [] }),
      product('d'),
    ];
    expect(order([], undefined, { ...defaultMerchandising, diversityPercent: 100 }, products)).toEqual([
      'a',
      'c',
      'b',
      'd',
    ]);
    expect(likeness(product('a'), product('b'))).toBeCloseTo(1);
    expect(likeness(product('a'), product('b', { productType: '', vendor: '', tags: [] }))).toBe(0);
  });

  it('says what it did', () => {
    const [first, second] = apply([rule('pin', only('c')), rule('boost', only('a'))]);
    expect(adjustmentsInWords(first?.adjustments ?? [])).toBe('pinned by you (my pin)');
    expect(adjustmentsInWords(second?.adjustments ?? [])).toBe('boosted: my boost');
    const [valued] = apply([], undefined, { ...defaultMerchandising, objective: 'margin' });
    expect(adjustmentsInWords(valued?.adjustments ?? [])).toBe('boosted: margin');
  });

  it('goes round in no cycle: X asks for Y and Y for X', () => {
    const rules = [
      rule('suggest', only('y'), { condition: only('x') }),
      rule('suggest', only('x'), { condition: only('y'), position: 1 }),
    ];
    expect(rulesFor(rules, 'cart', [product('x')], now).map((one) => one.target)).toEqual([only('y')]);
    expect(rulesFor(rules, 'cart', [product('x'), product('y')], now)).toHaveLength(2);
    expect(rulesFor(rules, 'cart', [], now)).toEqual([]);
  });

  const ids = ['a', 'b', 'c', 'd', 'e'];
  const anyTarget = fc.oneof(
    fc.constant<RuleTarget>({ kind: 'all' }),
    fc.subarray(ids, { minLength: 1 }).map((chosen) => only(...chosen)),
    fc.constantFrom<RuleTarget>({ kind: 'types', names: ['tee'] }, { kind: 'price', from: 500, to: 1500 }),
  );
  const anyRules = fc.array(
    fc
      .record({
        action: fc.constantFrom<Rule['action']>('pin', 'boost', 'bury', 'exclude', 'suggest'),
        target: anyTarget,
        strengthPercent: fc.integer({ min: 1, max: 1000 }),
      })
      .map(({ action, target, strengthPercent }) => rule(action, target, { strengthPercent })),
    { maxLength: 8 },
  );
  it('whatever they are: no product twice, none excluded, pinned before others, at most the limit', () => {
    fc.assert(
      fc.property(
        anyRules,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 6 }),
        (rules, diversityPercent, limit) => {
          const products = ids.map((id, k) => product(id, { priceMinor: k * 700, productType: k % 2 ? 'Tee' : 'Mug' }));
          const shown = apply(
            rules,
            ids.map((id, k) => candidate(id, -k)),
            { ...defaultMerchandising, diversityPercent },
            products,
            limit,
          );
          const excluded = rules.filter((one) => one.action === 'exclude');
          const left = products.filter((one) => !excluded.some((ban) => matchesTarget(ban.target, one)));
          expect(shown).toHaveLength(Math.min(limit, left.length));
          expect(new Set(shown.map((one) => one.productId)).size).toBe(shown.length);
          for (const one of shown) expect(left.map(({ id }) => id)).toContain(one.productId);
          const pinned = shown.map((one) =>
            one.adjustments.some(({ kind }) => kind === 'pinned' || kind === 'suggested'),
          );
          expect(pinned).toEqual([...pinned].sort((a, b) => Number(b) - Number(a)));
        },
      ),
    );
  });
});

describe('dates of a rule', () => {
  it.each<[string, Partial<Rule>, string]>([
    ['open', {}, 'live'],
    ['off', { status: 'off' }, 'off'],
    ['from this very instant', { startsAt: now }, 'live'],
    ['until this very instant', { endsAt: now }, 'expired'],
    ['later', { startsAt: new Date(now.getTime() + 1) }, 'scheduled'],
    // 02:30 of 29 March 2026 does not exist in Berlin: with an offset the editor's text is one instant anyway.
    ['ended on the night of a clock change', { endsAt: new Date('2026-03-29T02:30:00+01:00') }, 'expired'],
  ])('%s', (_name, values, phase) => {
    expect(rulePhase(rule('pin', only('a'), values), now)).toBe(phase);
  });

  it('the next change is the nearest of those to come', () => {
    const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    const rules = [
      rule('pin', only('a'), { startsAt: at(-5), endsAt: at(7) }),
      rule('pin', only('b'), { startsAt: at(3) }),
      rule('pin', only('c'), { startsAt: at(1), status: 'off' }),
    ];
    expect(nextRuleChange(rules, now)).toEqual(at(3));
    expect(nextRuleChange([], now)).toBeNull();
  });
});

describe('the form', () => {
  const form = {
    title: 'Socks with shoes',
    action: 'suggest',
    status: 'on',
    surfaces: ['cart'],
    target: only('2'),
    condition: only('1'),
    strengthPercent: 0,
    bundleId: null,
    startsAt: '',
    endsAt: null,
  };
  it('takes what the editor sends', () => {
    expect(ruleFormSchema.parse(form)).toMatchObject({ startsAt: null, endsAt: null, surfaces: ['cart'] });
    expect(
      ruleFormSchema.parse({
        ...form,
        action: 'pin',
        strengthPercent: 5,
        bundleId: '5b0f8e4e-3f0f-4f0e-9a53-0d2b1f7f0f11',
      }),
    ).toMatchObject({ strengthPercent: 0, bundleId: null });
  });
  it.each<[string, object, string]>([
    ['a suggestion without a condition', { condition: null }, 'condition'],
    ['a boost of nothing', { action: 'boost' }, 'strengthPercent'],
    ['an exclusion of everything', { action: 'exclude', target: { kind: 'all' } }, 'target'],
    ['an end before the start', { startsAt: '2026-11-02T00:00:00Z', endsAt: '2026-11-01T23:00:00-01:00' }, 'endsAt'],
    ['a band without ends', { target: { kind: 'price', from: null, to: null } }, 'target.from'],
    ['a band upside down', { target: { kind: 'stock', from: 5, to: 4 } }, 'target.to'],
    ['no place', { surfaces: [] }, 'surfaces'],
    ['a year that PostgreSQL does not know', { endsAt: '0000-01-01T00:00:00Z' }, 'endsAt'],
    ['an id that is none', { target: only("1' OR 1=1") }, 'target.ids.0'],
  ])('refuses %s', (_name, values, field) => {
    const parsed = ruleFormSchema.safeParse({ ...form, ...values });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(field);
  });
});
