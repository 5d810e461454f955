import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { lockExperiments } from '../store.ts';
import { type SplitTest, type SplitTestForm, splitTestForm, type StopReason } from './model.ts';
import { type ArmChange, splitTestLimits, type TestSubject } from './subject.ts';
import { changesBundle } from './publication.ts';
import { allocate, exposureOf, planVisitors, pricesSameBundle } from './rules.ts';
import { readTraffic } from './store-sums.ts';
import { deleteTest, insertTest, moveTest, readSplitTest, readTestsIn, replaceDraft } from './store.ts';

/** `fields`: message by the field's path, joined with dots ("arms.1.change.title"). */
export type SplitTestFailure = {
  readonly ok: false;
  readonly code:
    | 'invalid'
    | 'not-found'
    | 'wrong-state'
    | 'same-subject'
    | 'group-full'
    | 'too-many'
    | 'subject-gone'
    | 'no-such-arm'
    /** a version of a bundle's discount would break the margin floor, or could not be charged */
    | 'price-refused';
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
};
export type SplitTestResult = { readonly ok: true; readonly value: SplitTest } | SplitTestFailure;

const refuse = (
  code: SplitTestFailure['code'],
  message: string,
  fields: Readonly<Record<string, string>> = {},
): SplitTestFailure => ({ ok: false, code, message, fields });

const notFound = refuse('not-found', 'This experiment does not exist (any more).');
const wrongState = refuse('wrong-state', 'The experiment was changed meanwhile. Reload the page.');

/** How far back the plan looks. */
const PLAN_DAYS = 28;
const day = 86_400_000;

/** Parses what the form sent. Failure: 'invalid' with messages by field. */
export function checkSplitTest(
  input: unknown,
): { readonly ok: true; readonly value: SplitTestForm } | SplitTestFailure {
  const parsed = splitTestForm.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  return refuse('invalid', 'Some fields need your attention.', fields);
}

export function findSplitTest(scope: ShopScope, id: string): Promise<SplitTest | null> {
  return isUuid(id) ? readSplitTest(scope, id) : Promise.resolve(null);
}

/** Stores a new draft. @param salt random text @param currency of the amounts in it, the shop's */
export async function createSplitTest(
  scope: ShopScope,
  input: unknown,
  { id, salt, currency = null, now }: { id: string; salt: string; currency?: string | null; now: Date },
): Promise<SplitTestResult> {
  const checked = checkSplitTest(input);
  if (!checked.ok) return checked;
  return { ok: true, value: await insertTest(scope, id, checked.value, { salt, currency, now }) };
}

/** Replaces a draft; what has run is not changed any more. */
export async function updateSplitTest(
  scope: ShopScope,
  id: string,
  input: unknown,
  { currency = null, now }: { currency?: string | null; now: Date },
): Promise<SplitTestResult> {
  await lockExperiments(scope);
  const test = await findSplitTest(scope, id);
  if (!test) return notFound;
  const checked = checkSplitTest(input);
  if (!checked.ok) return checked;
  if (!(await replaceDraft(scope, id, checked.value, { currency, now }))) return wrongState;
  return { ok: true, value: { ...test, ...checked.value, currency, updatedAt: now } };
}

export interface StartContext {
  readonly now: Date;
  /** products whose views expose: those of a tested bundle; empty = any product; null = the subject is gone */
  readonly productIds: readonly string[] | null;
  /** why the tested discounts cannot be charged, by field; left out or empty = they can */
  readonly priceProblems?: Readonly<Record<string, string>>;
  readonly marginBps: number;
}

/** How many visitors a test needs and how long that takes, from the last four weeks of the shop. */
export async function planSplitTest(
  scope: ShopScope,
  form: Pick<SplitTestForm, 'arms' | 'effectBps' | 'trafficBps'>,
  { now, productIds, marginBps }: StartContext,
): Promise<{ visitorsPerDay: number; visitors: number | null; days: number | null }> {
  const from = new Date(now.getTime() - PLAN_DAYS * day);
  const traffic = await readTraffic(scope, { productIds: productIds ?? [], from, to: now, marginBps });
  const visitorsPerDay = (traffic.visitorsPerDay * form.trafficBps) / 10_000;
  const visitors = planVisitors(traffic, form);
  return {
    visitorsPerDay,
    visitors,
    days: visitors === null || visitorsPerDay === 0 ? null : Math.max(1, Math.ceil(visitors / visitorsPerDay)),
  };
}

/** Draft → running: takes buckets that no other test of its group has and remembers the plan. */
export async function startSplitTest(scope: ShopScope, id: string, context: StartContext): Promise<SplitTestResult> {
  await lockExperiments(scope);
  const test = await findSplitTest(scope, id);
  if (!test) return notFound;
  if (test.state !== 'draft') return wrongState;
  if (context.productIds === null)
    return refuse('subject-gone', 'What this experiment tests is not in the store any more.');
  const [priceProblem] = Object.values(context.priceProblems ?? {});
  if (priceProblem !== undefined) return refuse('price-refused', priceProblem, context.priceProblems);
  const running = await readTestsIn(scope, ['running']);
  if (running.length >= splitTestLimits.runningTests)
    return refuse(
      'too-many',
      `At most ${String(splitTestLimits.runningTests)} experiments run at once. Stop one first.`,
    );
  const room = allocate(test, running);
  if (!room.ok) {
    return room.reason === 'same-subject'
      ? refuse(
          'same-subject',
          pricesSameBundle(room.other.subject, test.subject)
            ? `“${room.other.title}” tests prices of the same bundle. Stop it first.`
            : `“${room.other.title}” changes the same thing. Stop it first, or give both the same group so that no visitor is in both.`,
        )
      : refuse(
          'group-full',
          `Only ${String(room.freeBps / 100)} % of the visitors of this group are free. Take fewer, or stop another experiment of the group.`,
        );
  }
  const { visitors } = await planSplitTest(scope, test, context);
  const change = {
    status: 'running' as const,
    startedAt: context.now,
    bucketFrom: room.from,
    bucketTo: room.to,
    // A plan beyond this is none: nobody waits for ten million visitors.
    plannedVisitors: visitors !== null && visitors <= 10_000_000 ? visitors : 0,
    productIds: [...context.productIds],
    updatedAt: context.now,
  };
  if (!(await moveTest(scope, id, ['draft'], change))) return wrongState;
  const { status: state, ...rest } = change;
  return { ok: true, value: { ...test, ...rest, state } };
}

/** Running → stopped. Doing it twice keeps the first reason. */
export async function stopSplitTest(
  scope: ShopScope,
  id: string,
  { reason, now }: { reason: StopReason; now: Date },
): Promise<SplitTestResult> {
  await lockExperiments(scope);
  const test = await findSplitTest(scope, id);
  if (!test) return notFound;
  const change = { status: 'stopped' as const, stopReason: reason, endedAt: now, updatedAt: now };
  if (!(await moveTest(scope, id, ['running'], change))) return wrongState;
  return { ok: true, value: { ...test, state: 'stopped', stopReason: reason, endedAt: now, updatedAt: now } };
}

export interface ApplyContext {
  readonly arm: string;
  readonly now: Date;
  /** changes the subject itself where it is one of ours, in the same transaction; a sentence where that is refused */
  readonly carryOut: (subject: TestSubject, change: ArmChange) => Promise<string | null>;
}

/** Running or stopped → applied: everybody sees this arm from now on. The control is applied by stopping. */
export async function applySplitTest(
  scope: ShopScope,
  id: string,
  { arm, now, carryOut }: ApplyContext,
): Promise<SplitTestResult> {
  await lockExperiments(scope);
  const test = await findSplitTest(scope, id);
  if (!test) return notFound;
  const winner = test.arms.slice(1).find((one) => one.key === arm);
  if (!winner) return refuse('no-such-arm', 'Choose the version to keep.');
  if (test.state !== 'running' && test.state !== 'stopped') return wrongState;
  const [other] = (await readTestsIn(scope, ['running'])).filter(
    (one) => one.id !== id && one.subject.type === test.subject.type && one.subject.id === test.subject.id,
  );
  if (other)
    return refuse(
      'same-subject',
      `“${other.title}” is testing the same thing. Stop it before you change what it compares.`,
    );
  const problem = await carryOut(test.subject, winner.change);
  if (problem !== null) return refuse('subject-gone', problem);
  const ended = test.endedAt ?? now;
  const change = {
    status: 'applied' as const,
    appliedArm: arm,
    stopReason: test.stopReason ?? ('done' as const),
    endedAt: ended,
    updatedAt: now,
  };
  if (!(await moveTest(scope, id, [test.state], change))) return wrongState;
  const { status: state, ...rest } = change;
  return { ok: true, value: { ...test, ...rest, state } };
}

/** Applied → stopped: the store shows again what stood before. A bundle that was changed stays as it is. */
export async function withdrawSplitTest(
  scope: ShopScope,
  id: string,
  { now }: { now: Date },
): Promise<SplitTestResult> {
  await lockExperiments(scope);
  const test = await findSplitTest(scope, id);
  if (!test) return notFound;
  if (changesBundle(test.subject)) return refuse('wrong-state', 'Change the bundle itself.');
  const change = { status: 'stopped' as const, appliedArm: null, updatedAt: now };
  if (!(await moveTest(scope, id, ['applied'], change))) return wrongState;
  return { ok: true, value: { ...test, state: 'stopped', appliedArm: null, updatedAt: now } };
}

/** Deletes a draft or a test that is over. */
export async function deleteSplitTest(scope: ShopScope, id: string): Promise<SplitTestResult> {
  await lockExperiments(scope);
  const test = await findSplitTest(scope, id);
  if (!test) return notFound;
  return (await deleteTest(scope, id, exposureOf(id))) ? { ok: true, value: test } : wrongState;
}
