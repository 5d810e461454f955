import { describe, expect, it } from 'vitest';
import { bucketSeed } from '#app/shared/assignment.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';
import type { EarnRule } from './earning/registry.ts';
import type { ProgrammeSettings } from './model.ts';
import { shownProgramme } from './published-programme.ts';

const settings = usualProgramme();
const shown = (change: Partial<ProgrammeSettings>) =>
  shownProgramme({ ...settings, ...change }, 'salt', (id) => `key of ${id}`);
const reward = (id: string, cost: number, on = true): ProgrammeSettings['rewards'][number] => ({
  ...{ id, kind: 'amount', on, title: `R${id}`, cost, validDays: 90, minor: 500, minSubtotalMinor: null },
});

describe('what pages are told of the programme', () => {
  it('is what everybody may know, and names levels as members’ keys do', () => {
    const rules: EarnRule[] = [
      { id: 'm', kind: 'amount', on: true, points: 2, perMinor: 100 },
      { id: 's', kind: 'sign-up', on: true, points: 50 },
    ];
    const level = { multiplierBps: 10_000, entryPoints: 7, freeShipping: true, perks: ['A secret sale'] };
    const levels = [{ ...level, id: 'gold', name: 'Gold', at: 500 }];
    const tiers: ProgrammeSettings['tiers'] = { ...settings.tiers, measure: 'spend', levels };
    expect(shown({ pointsName: 'stars', rules, tiers, rewards: [reward('a', 100)], enrolment: 'join' })).toEqual({
      name: 'stars',
      nameOfOne: settings.pointName === '' ? 'stars' : settings.pointName,
      money: { points: 2, perMinor: 100 },
      currency: 'EUR',
      joins: 'join',
      joining: 50,
      ways: [],
      rewards: [{ title: 'Ra', cost: 100 }],
      measure: 'spend',
      levels: [{ key: 'key of gold', name: 'Gold', at: 500 }],
      seed: bucketSeed('salt'),
      holdoutBps: settings.holdoutBps,
    });
  });

  it.each([
    ['no rule', [], null, 0],
    ['a rule that is off', [{ id: 'm', kind: 'amount', on: false, points: 1, perMinor: 100 }], null, 0],
    ['points for an account that are off', [{ id: 's', kind: 'sign-up', on: false, points: 9 }], null, 0],
  ] as [string, EarnRule[], null, number][])('%s promises nothing', (_what, rules, money, joining) => {
    expect(shown({ rules })).toMatchObject({ money, joining, ways: [] });
  });

  it('names the most usual ways first, three of them, whatever their order', () => {
    const flat = ['birthday', 'first-order', 'order'] as const;
    const rules = flat.map((kind, at): EarnRule => ({ id: kind, kind, on: true, points: at + 1 }));
    const review: EarnRule = { id: 'r', kind: 'review', on: true, points: 9, perYear: 12 };
    const kinds = (all: EarnRule[]) => shown({ rules: all }).ways.map(({ kind }) => kind);
    expect(kinds([...rules, review])).toEqual(['order', 'first-order', 'review']);
    expect(kinds([review, ...rules.toReversed()])).toEqual(['order', 'first-order', 'review']);
    expect(kinds(rules.map((rule) => ({ ...rule, on: rule.kind === 'birthday' })))).toEqual(['birthday']);
  });

  it('lists rewards that are on by what they cost, twelve at most', () => {
    const many = Array.from({ length: 15 }, (_, at) => reward(String(at), 1_500 - at * 100, at !== 14));
    const costs = shown({ rewards: many }).rewards.map(({ cost }) => cost);
    expect(costs).toEqual(Array.from({ length: 12 }, (_, at) => 200 + at * 100));
  });
});
