import { describe, expect, it } from 'vitest';
import { changesOf, checkSplitTest, splitTestLimits, type TestSubject } from '#app/domains/experiments/index.ts';
import { widgetTests } from '#app/shared/widgets/registry.ts';
import {
  addVersion,
  controlShare,
  emptyForm,
  emptyVersion,
  formAboutBundle,
  formLimits,
  kindsOf,
  type ExperimentForm,
  removeVersion,
  toExperimentForm,
  toFormInput,
  withEvenShares,
  withSubject,
} from './form-state.ts';

const filled: ExperimentForm = {
  ...emptyForm,
  title: 'Heading',
  versions: [{ ...emptyVersion, title: 'Goes well with it' }],
};

const price = 'price:22222222-2222-4222-8222-222222222222';
const off = (type: 'percentage' | 'amount' | 'price', text: string) => ({ type, percent: text, amount: text });

describe('what the form sends', () => {
  it.each<[string, Partial<ExperimentForm>, string | null]>([
    ['is taken when it is filled', {}, null],
    ['an unreadable share', { versions: [{ ...filled.versions[0], share: 'half' } as never] }, 'arms.1.share'],
    ['a share with a comma', { versions: [{ ...filled.versions[0], share: '33,3' } as never] }, null],
    [
      'nothing left for what stands today',
      { versions: [{ ...filled.versions[0], share: '100' } as never] },
      'arms.0.share',
    ],
    ['no title', { versions: [{ ...filled.versions[0], title: ' ' } as never] }, 'arms.1.change.title'],
    ['more than all visitors', { traffic: '120' }, 'trafficBps'],
    [
      'no discount',
      { subject: price, versions: [{ ...emptyVersion, kind: 'values', values: [off('percentage', '')] }] },
      'arms.1.change.values.0.basisPoints',
    ],
    [
      'an amount with a letter',
      { subject: price, versions: [{ ...emptyVersion, kind: 'values', values: [off('amount', '2x')] }] },
      'arms.1.change.values.0.minor',
    ],
    [
      'an amount',
      { subject: price, versions: [{ ...emptyVersion, kind: 'values', values: [off('amount', '2.50')] }] },
      null,
    ],
    [
      'a percentage with a comma',
      { subject: price, versions: [{ ...emptyVersion, kind: 'values', values: [off('percentage', '12,5')] }] },
      null,
    ],
    [
      'a step without a price',
      {
        subject: price,
        versions: [{ ...emptyVersion, kind: 'values', values: [off('price', '9'), off('price', '')] }],
      },
      'arms.1.change.values.1.minor',
    ],
    ['no step at all', { subject: price, versions: [{ ...emptyVersion, kind: 'values' }] }, 'arms.1.change.values'],
    ['three decimals', { effect: '1.234' }, 'effectBps'],
  ])('%s', (_why, part, field) => {
    const checked = checkSplitTest(JSON.parse(JSON.stringify(toFormInput({ ...filled, ...part }, 'USD'))));
    expect(checked.ok ? null : Object.keys(checked.fields)).toEqual(
      field === null ? null : expect.arrayContaining([field]),
    );
  });

  it.each(['Tea for two', 'T'.repeat(80), `T${'🙂'.repeat(39)}`, '“Quoted” 🙂 & <b>'])(
    'of a bundle called %s can be saved as it is',
    (title) => {
      const form = formAboutBundle('22222222-2222-4222-8222-222222222222', title);
      const checked = checkSplitTest(JSON.parse(JSON.stringify(toFormInput(form, 'USD'))));
      expect(checked).toMatchObject({
        ok: true,
        value: {
          title: expect.stringContaining(title.slice(0, 5)),
          subject: { type: 'bundle' },
          arms: [
            { share: 5_000, change: {} },
            { share: 5_000, change: { hide: true } },
          ],
        },
      });
    },
  );

  it('comes back as it was typed', () => {
    const checked = checkSplitTest(toFormInput(filled, 'USD'));
    if (!checked.ok) throw new Error(checked.message);
    expect(toExperimentForm(checked.value as never, 'USD')).toMatchObject({
      ...filled,
      versions: [{ kind: 'title', share: '50' }],
    });
  });
});

describe('versions', () => {
  it('share evenly, and what is left over goes to what stands today', () => {
    const three = addVersion(filled, {}, 'USD');
    expect(three.versions.map((version) => version.share)).toEqual(['33', '33']);
    expect(controlShare(three)).toBe(3_400);
    expect(withEvenShares(removeVersion(three, 0)).versions).toMatchObject([{ share: '50' }]);
  });

  it('of a price begin with what stands today, step by step', () => {
    const id = price.replace('price:', '');
    const values = [{ type: 'percentage', basisPoints: 1250 } as const, { type: 'price', minor: 799 } as const];
    const priced = { [id]: { types: [], rows: values.map((value) => ({ label: '', value })) } };
    const form = withSubject(filled, price, priced, 'USD');
    const two = [
      { type: 'percentage', percent: '12.5' },
      { type: 'price', amount: '7.99' },
    ];
    expect(addVersion(form, priced, 'USD').versions).toMatchObject([
      { kind: 'values', values: two },
      { kind: 'values', values: two },
    ]);
  });

  it('become possible ones when the subject does not allow them', () => {
    const source = { ...filled, versions: [{ ...filled.versions[0], kind: 'source' } as never] };
    expect(withSubject(source, 'widget:cart', {}, 'USD').versions).toMatchObject([{ kind: 'title' }]);
    expect(withSubject(source, 'app', {}, 'USD').versions).toMatchObject([{ kind: 'hide' }]);
    expect(withSubject(source, 'widget:together', {}, 'USD').versions).toMatchObject([{ kind: 'source' }]);
  });
});

it.each([
  'app',
  ...widgetTests.map(({ id }) => `widget:${id}`),
  'placement:cart',
  price,
  price.replace('price', 'bundle'),
])('what can be changed of %s is what the domain allows', (subject) => {
  const [type, id = ''] = subject.split(':');
  expect([...kindsOf(subject)].sort()).toEqual([...changesOf({ type, id } as TestSubject)].sort());
});

it('limits are the domain’s', () => {
  expect(formLimits).toEqual({ heading: splitTestLimits.heading, versions: splitTestLimits.arms - 1 });
});
