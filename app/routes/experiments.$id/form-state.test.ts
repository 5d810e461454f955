import { describe, expect, it } from 'vitest';
import { checkSplitTest, splitTestLimits } from '#app/domains/experiments/index.ts';
import {
  addVersion,
  controlShare,
  emptyForm,
  formLimits,
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
  versions: [{ kind: 'title', title: 'Goes well with it', source: 'similar', share: '50' }],
};

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
    ['three decimals', { effect: '1.234' }, 'effectBps'],
  ])('%s', (_why, part, field) => {
    const checked = checkSplitTest(JSON.parse(JSON.stringify(toFormInput({ ...filled, ...part }))));
    expect(checked.ok ? null : Object.keys(checked.fields)).toEqual(
      field === null ? null : expect.arrayContaining([field]),
    );
  });

  it('comes back as it was typed', () => {
    const checked = checkSplitTest(toFormInput(filled));
    if (!checked.ok) throw new Error(checked.message);
    expect(toExperimentForm(checked.value as never)).toMatchObject({
      ...filled,
      versions: [{ kind: 'title', share: '50' }],
    });
  });
});

describe('versions', () => {
  it('share evenly, and what is left over goes to what stands today', () => {
    const three = addVersion(filled);
    expect(three.versions.map((version) => version.share)).toEqual(['33', '33']);
    expect(controlShare(three)).toBe(3_400);
    expect(withEvenShares(removeVersion(three, 0)).versions).toMatchObject([{ share: '50' }]);
  });

  it('become possible ones when the subject does not allow them', () => {
    const source = { ...filled, versions: [{ ...filled.versions[0], kind: 'source' } as never] };
    expect(withSubject(source, 'widget:cart').versions).toMatchObject([{ kind: 'title' }]);
    expect(withSubject(source, 'app').versions).toMatchObject([{ kind: 'hide' }]);
    expect(withSubject(source, 'widget:together').versions).toMatchObject([{ kind: 'source' }]);
  });
});

it('limits are the domain’s', () => {
  expect(formLimits).toEqual({ heading: splitTestLimits.heading, versions: splitTestLimits.arms - 1 });
});
