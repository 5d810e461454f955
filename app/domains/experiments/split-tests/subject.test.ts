import { describe, expect, it } from 'vitest';
import { splitTestForm, storedArms } from './model.ts';
import { changesOf, type TestSubject } from './subject.ts';

const bundle = '22222222-2222-4222-8222-222222222222';
const base = {
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { title: 'Goes well with it' } },
  ],
};

describe('form', () => {
  const form = {
    title: 'A name',
    subject: { type: 'widget', id: 'together' },
    arms: base.arms,
    trafficBps: 10_000,
    layer: '',
    effectBps: 1_000,
  };
  const arms = (change: object) => [base.arms[0], { key: 'b', share: 5000, change }];

  it.each<[string, object, string, string]>([
    ['no name', { title: ' ' }, 'title', 'Enter a name'],
    [
      'shares that do not add up',
      { arms: [base.arms[0], { ...base.arms[1], share: 4000 }] },
      'shares',
      'The shares must add up to 100 %',
    ],
    ['one version alone', { arms: [base.arms[0]] }, 'arms', 'Add a version to compare with'],
    [
      'a second version that changes nothing',
      { arms: arms({}) },
      'arms.1.change',
      'This is the same as what stands today',
    ],
    [
      'a first version that changes something',
      { arms: [{ ...base.arms[0], change: { hide: true } }, base.arms[1]] },
      'arms.0.change',
      'The first version is what stands today',
    ],
    [
      'another title of the whole app',
      { subject: { type: 'app', id: '' } },
      'arms.1.change.title',
      'This has no title',
    ],
    [
      'another list of a block that has one',
      { subject: { type: 'widget', id: 'cart' }, arms: arms({ source: 'popular' }) },
      'arms.1.change.source',
      'Only “Bought together” has several lists',
    ],
    [
      'hidden with a title',
      { arms: arms({ hide: true, title: 'x' }) },
      'arms.1.change.hide',
      'What is hidden cannot have a title',
    ],
    [
      'a price without a bundle',
      { arms: arms({ values: [{ type: 'percentage', basisPoints: 1500 }] }) },
      'arms.1.change.values',
      'Choose the price of a bundle to test prices',
    ],
    [
      'another title in a test of the price, which would be two changes at once',
      {
        subject: { type: 'price', id: bundle },
        arms: arms({ title: 'x', values: [{ type: 'amount', minor: 100 }] }),
      },
      'arms.1.change.title',
      'This has no title',
    ],
    [
      'more than everything off',
      { subject: { type: 'price', id: bundle }, arms: arms({ values: [{ type: 'percentage', basisPoints: 10_001 }] }) },
      'arms.1.change.values.0.basisPoints',
      'Enter at most 100 %',
    ],
    [
      'two versions with one discount',
      {
        subject: { type: 'price', id: bundle },
        arms: [
          { key: 'a', share: 4000, change: {} },
          { key: 'b', share: 3000, change: { values: [{ type: 'percentage', basisPoints: 1500 }] } },
          { key: 'c', share: 3000, change: { values: [{ type: 'percentage', basisPoints: 1500 }] } },
        ],
      },
      'arms.2.change',
      'This is the same as another version',
    ],
    [
      'an objective of a block that is the same for everybody',
      { arms: arms({ objective: 'margin' }) },
      'arms.1.change.objective',
      'Only the suggestions in the cart are chosen anew for each visitor',
    ],
    [
      'another place of a block that the theme places',
      { arms: arms({ place: 'top' }) },
      'arms.1.change.place',
      'Only the suggestions in the cart have several places',
    ],
    ['a bundle that is none', { subject: { type: 'bundle', id: 'x' } }, 'subject.id', 'Choose a bundle'],
    ['half a percent of the visitors', { trafficBps: 50 }, 'trafficBps', 'At least 1 %'],
  ])('refuses %s at its field', (_why, part, field, message) => {
    const parsed = splitTestForm.safeParse({ ...form, ...part });
    const issues = parsed.success ? [] : parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message]);
    expect(issues).toContainEqual([field, message]);
  });

  it('takes what it should', () => {
    expect(splitTestForm.safeParse(form).success).toBe(true);
    expect(splitTestForm.safeParse({ ...form, subject: { type: 'app' }, arms: arms({ hide: true }) }).success).toBe(
      true,
    );
  });

  it.each([
    ['no step at all', []],
    ['more steps than a bundle has', Array.from({ length: 17 }, () => ({ type: 'price', minor: 100 }))],
  ])('refuses a price of %s', (_why, values) => {
    const price = { ...form, subject: { type: 'price', id: bundle }, arms: arms({ values }) };
    expect(splitTestForm.safeParse(price).success).toBe(false);
  });

  it('reads what was stored while sets alone had a price to test', () => {
    const percent = { type: 'percentage', basisPoints: 1500 };
    const stored = [
      { key: 'a', share: 5000, change: {} },
      { key: 'b', share: 5000, change: { discount: percent } },
    ];
    const read = storedArms.parse(stored);
    expect(read).toEqual([stored[0], { key: 'b', share: 5000, change: { values: [percent] } }]);
    expect(storedArms.parse(read)).toEqual(read);
  });

  const examples = {
    hide: true,
    title: 'x',
    source: 'popular',
    objective: 'margin',
    place: 'drawer',
    values: [{ type: 'percentage', basisPoints: 1500 }],
  } as const;
  it.each<[TestSubject, string]>([
    [{ type: 'app', id: '' }, 'hide'],
    [{ type: 'widget', id: 'together' }, 'title source hide'],
    [{ type: 'widget', id: 'bundle' }, 'title hide'],
    [{ type: 'widget', id: 'cart' }, 'title objective hide'],
    [{ type: 'widget', id: 'goals' }, 'hide'],
    [{ type: 'widget', id: 'after-purchase' }, 'hide'],
    [{ type: 'widget', id: 'picks' }, 'hide'],
    [{ type: 'bundle', id: bundle }, 'title hide'],
    [{ type: 'price', id: bundle }, 'values'],
    [{ type: 'placement', id: 'cart' }, 'place'],
  ])('of %j takes %s and nothing else', (subject, allowed) => {
    expect(changesOf(subject).join(' ')).toBe(allowed);
    for (const [kind, value] of Object.entries(examples))
      expect(splitTestForm.safeParse({ ...form, subject, arms: arms({ [kind]: value }) }).success).toBe(
        allowed.split(' ').includes(kind),
      );
  });
});
