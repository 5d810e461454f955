import type { ArmChange, SplitTest, TestSubject } from '#app/domains/experiments/index.ts';

/** What one version changes, as typed. */
export interface VersionForm {
  readonly kind: 'title' | 'source' | 'hide';
  readonly title: string;
  readonly source: 'together' | 'similar' | 'popular';
  readonly share: string;
}

/** What the form holds: texts as typed, so that a half-typed number is not lost. */
export interface ExperimentForm {
  readonly title: string;
  /** `app`, `widget:<name>` or `bundle:<id>` */
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

export const emptyForm: ExperimentForm = {
  title: '',
  subject: 'widget:together',
  versions: [{ kind: 'title', title: '', source: 'similar', share: '50' }],
  traffic: '100',
  layer: '',
  effect: '10',
};

const percentText = (bps: number): string => String(bps / 100);

/** Puts a stored draft into the form's texts. */
export function toExperimentForm(test: SplitTest): ExperimentForm {
  return {
    title: test.title,
    subject: test.subject.type === 'app' ? 'app' : `${test.subject.type}:${test.subject.id}`,
    versions: test.arms.slice(1).map(({ change, share }) => ({
      kind: change.hide ? 'hide' : change.source === undefined ? 'title' : 'source',
      title: change.title ?? '',
      source: change.source ?? 'similar',
      share: percentText(share),
    })),
    traffic: percentText(test.trafficBps),
    layer: test.layer,
    effect: percentText(test.effectBps),
  };
}

/** A typed percentage in basis points, or NaN for the schema to refuse. */
export function typedBps(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d{0,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : Number.NaN;
}

/** What is left for the control, basis points; NaN while a share cannot be read. */
export const controlShare = (form: Pick<ExperimentForm, 'versions'>): number =>
  form.versions.reduce((rest, version) => rest - typedBps(version.share), 10_000);

function subjectOf(text: string): TestSubject {
  const [type, id = ''] = text.split(':');
  return { type, id } as TestSubject;
}

function changeOf({ kind, title, source }: VersionForm): ArmChange {
  if (kind === 'hide') return { hide: true };
  return kind === 'source' ? { source } : { title };
}

/** What is sent to the server; its schema decides what is valid. Unreadable numbers become null in JSON. */
export function toFormInput(form: ExperimentForm) {
  return {
    title: form.title,
    subject: subjectOf(form.subject),
    arms: [
      { key: 'a', share: controlShare(form), change: {} },
      ...form.versions.map((version, index) => ({
        key: letters[index + 1] ?? '',
        share: typedBps(version.share),
        change: changeOf(version),
      })),
    ],
    trafficBps: typedBps(form.traffic),
    layer: form.layer,
    effectBps: typedBps(form.effect),
  };
}

/** Kinds of change that a subject allows. */
export function kindsOf(subject: string): readonly VersionForm['kind'][] {
  if (subject === 'app') return ['hide'];
  return subject === 'widget:together' ? ['title', 'source', 'hide'] : ['title', 'hide'];
}

/** Another subject: versions that it does not allow are made such that it does. */
export function withSubject(form: ExperimentForm, subject: string): ExperimentForm {
  const kinds = kindsOf(subject);
  const versions = form.versions.map((version) =>
    kinds.includes(version.kind) ? version : { ...version, kind: kinds[0] ?? version.kind },
  );
  return { ...form, subject, versions };
}

/** The same share for every version, the control gets what is left over. */
export function withEvenShares(form: ExperimentForm): ExperimentForm {
  const share = String(Math.floor(100 / (form.versions.length + 1)));
  return { ...form, versions: form.versions.map((version) => ({ ...version, share })) };
}

export const addVersion = (form: ExperimentForm): ExperimentForm =>
  withEvenShares({
    ...form,
    versions: [
      ...form.versions,
      { kind: kindsOf(form.subject)[0] ?? 'title', title: '', source: 'similar', share: '0' },
    ],
  });

export const removeVersion = (form: ExperimentForm, at: number): ExperimentForm =>
  withEvenShares({ ...form, versions: form.versions.filter((_version, index) => index !== at) });
