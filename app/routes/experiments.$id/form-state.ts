import type { ArmChange, SplitTest, TestSubject } from '#app/domains/experiments/index.ts';
import { widgetTests } from '#app/shared/widgets/registry.ts';
import type { PricedBundle } from './subject-options.ts';
import { type EditorValue, typedShare as typedBps, typedUnitValue, valueText } from '../../ui/typed.ts';

/** What one version changes, as typed. */
export interface VersionForm {
  readonly kind: 'title' | 'source' | 'objective' | 'place' | 'values' | 'hide';
  readonly title: string;
  readonly source: 'together' | 'similar' | 'popular';
  readonly objective: 'clicks' | 'revenue' | 'margin';
  readonly place: 'top' | 'page' | 'drawer';
  /** one for each step of the bundle */
  readonly values: readonly EditorValue[];
  readonly share: string;
}

/** What the form holds: texts as typed, so that a half-typed number is not lost. */
export interface ExperimentForm {
  readonly title: string;
  /** `app`, `widget:<name>`, `placement:<name>`, `bundle:<id>` or `price:<id of a bundle>` */
  readonly subject: string;
  readonly versions: readonly VersionForm[];
  readonly traffic: string;
  readonly layer: string;
  /** percent, as text */
  readonly effect: string;
}

/** The domain's limits as the form needs them: a browser does not load the domain. The test holds them against it. */
export const formLimits = { heading: 80, versions: 4 } as const;

const letters = ['a', 'b', 'c', 'd', 'e'] as const;

/** A version before anything is typed. */
export const emptyVersion: VersionForm = {
  kind: 'title',
  title: '',
  source: 'similar',
  objective: 'margin',
  place: 'top',
  values: [],
  share: '50',
};

export const emptyForm: ExperimentForm = {
  title: '',
  subject: 'widget:together',
  versions: [emptyVersion],
  traffic: '100',
  layer: '',
  effect: '10',
};

/** The longest title of a bundle that has room in the name of an experiment. */
const roomForTitle = 60;

function shortened(title: string): string {
  if (title.length <= roomForTitle) return title;
  // Half of a character would be none.
  return `${title
    .slice(0, roomForTitle)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

/** Finds out what a bundle brings: half of the visitors do not see it. Everything can still be changed. */
export const formAboutBundle = (id: string, title: string): ExperimentForm => ({
  ...emptyForm,
  title: `What “${shortened(title)}” earns`,
  subject: `bundle:${id}`,
  versions: [{ ...emptyVersion, kind: 'hide' }],
});

const percentText = (bps: number): string => String(bps / 100);

/** What a stored version changes; of several changes the first that the form has a field for. */
const kindOf = (change: ArmChange): VersionForm['kind'] =>
  (['hide', 'source', 'objective', 'place', 'values'] as const).find((kind) => change[kind] !== undefined) ?? 'title';

/** Puts a stored draft into the form's texts. @param currency the shop's, ISO 4217 */
export function toExperimentForm(test: SplitTest, currency: string): ExperimentForm {
  return {
    title: test.title,
    subject: test.subject.type === 'app' ? 'app' : `${test.subject.type}:${test.subject.id}`,
    versions: test.arms.slice(1).map(({ change, share }) => ({
      kind: kindOf(change),
      title: change.title ?? '',
      source: change.source ?? emptyVersion.source,
      objective: change.objective ?? emptyVersion.objective,
      place: change.place ?? emptyVersion.place,
      values: (change.values ?? []).map((value) => valueText(value, currency)),
      share: percentText(share),
    })),
    traffic: percentText(test.trafficBps),
    layer: test.layer,
    effect: percentText(test.effectBps),
  };
}

/** What is left for the control, basis points; NaN while a share cannot be read. */
export const controlShare = (form: Pick<ExperimentForm, 'versions'>): number =>
  form.versions.reduce((rest, version) => rest - typedBps(version.share), 10_000);

function subjectOf(text: string): TestSubject {
  const [type, id = ''] = text.split(':');
  return { type, id } as TestSubject;
}

function changeOf({ kind, title, source, objective, place, values }: VersionForm, currency: string): ArmChange {
  switch (kind) {
    case 'hide':
      return { hide: true };
    case 'title':
      return { title };
    case 'source':
      return { source };
    case 'objective':
      return { objective };
    case 'place':
      return { place };
    case 'values':
      return { values: values.map((value) => typedUnitValue(value, currency)) };
  }
}

/** What is sent to the server; its schema decides what is valid. Unreadable numbers become null in JSON. */
export function toFormInput(form: ExperimentForm, currency: string) {
  return {
    title: form.title,
    subject: subjectOf(form.subject),
    arms: [
      { key: 'a', share: controlShare(form), change: {} },
      ...form.versions.map((version, index) => ({
        key: letters[index + 1] ?? '',
        share: typedBps(version.share),
        change: changeOf(version, currency),
      })),
    ],
    trafficBps: typedBps(form.traffic),
    layer: form.layer,
    effectBps: typedBps(form.effect),
  };
}

const kinds: Readonly<Record<string, readonly VersionForm['kind'][]>> = {
  ...Object.fromEntries(widgetTests.map(({ id, changes }) => [`widget:${id}`, changes])),
  app: ['hide'],
  placement: ['place'],
  price: ['values'],
};

/** Kinds of change that a subject allows. The test holds them against the domain's. */
export const kindsOf = (subject: string): readonly VersionForm['kind'][] =>
  kinds[subject] ?? kinds[subject.split(':')[0] ?? ''] ?? ['title', 'hide'];

/** What bundles give today, by bundle id. */
type Priced = Readonly<Record<string, PricedBundle>>;

/** What a bundle gives today, as somebody would type it: a version begins with it. */
function valuesToday(subject: string, priced: Priced, currency: string): EditorValue[] {
  const rows = priced[subject.replace(/^price:/, '')]?.rows ?? [];
  return rows.map(({ value }) => valueText(value, currency));
}

/** Another subject: versions that it does not allow are made such that it does. */
export function withSubject(form: ExperimentForm, subject: string, priced: Priced, currency: string): ExperimentForm {
  const allowed = kindsOf(subject);
  const values = valuesToday(subject, priced, currency);
  const versions = form.versions.map((version) => ({
    ...version,
    values,
    kind: allowed.includes(version.kind) ? version.kind : (allowed[0] ?? version.kind),
  }));
  return { ...form, subject, versions };
}

/** The same share for every version, the control gets what is left over. */
export function withEvenShares(form: ExperimentForm): ExperimentForm {
  const share = String(Math.floor(100 / (form.versions.length + 1)));
  return { ...form, versions: form.versions.map((version) => ({ ...version, share })) };
}

export const addVersion = (form: ExperimentForm, priced: Priced, currency: string): ExperimentForm =>
  withEvenShares({
    ...form,
    versions: [
      ...form.versions,
      {
        ...emptyVersion,
        kind: kindsOf(form.subject)[0] ?? 'title',
        values: valuesToday(form.subject, priced, currency),
        share: '0',
      },
    ],
  });

export const removeVersion = (form: ExperimentForm, at: number): ExperimentForm =>
  withEvenShares({ ...form, versions: form.versions.filter((_version, index) => index !== at) });
