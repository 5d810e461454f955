import { randomBytes, randomUUID } from 'node:crypto';
import { getBundle, setBundleStatus, updateBundle } from '#app/domains/bundles/index.ts';
import {
  applySplitTest,
  type ArmChange,
  changesBundle,
  checkSplitTest,
  createSplitTest,
  deleteSplitTest,
  findSplitTest,
  keepReading,
  lockExperiments,
  planSplitTest,
  readingOf,
  type SplitTest,
  type SplitTestResult,
  startSplitTest,
  stopSplitTest,
  type TestSubject,
  updateSplitTest,
  withdrawSplitTest,
} from '#app/domains/experiments/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { priceTestProblems } from './price-test-problems.ts';
import { startRun } from './start-run.ts';

type Needs = Pick<Services, 'db' | 'clock'>;

/** A large shop's sums may take this long (milliseconds). */
const sumsTimeoutMs = 60_000;

/** Products whose views expose a visitor to a test of this subject; empty = any product; null = the subject is gone. */
async function exposingProducts(scope: ShopScope, subject: TestSubject, now: Date): Promise<string[] | null> {
  if (!changesBundle(subject)) return [];
  const found = await getBundle(scope, subject.id, now);
  return found.ok ? [...new Set(found.value.bundle.items.map((item) => item.productId))] : null;
}

/** Stores a draft: a new one without an id, else in its place. */
export function saveExperiment(
  services: Needs,
  shopId: ShopId,
  id: string | null,
  input: unknown,
): Promise<SplitTestResult> {
  const now = services.clock.now();
  return services.db.inShop(shopId, async (scope): Promise<SplitTestResult> => {
    const checked = checkSplitTest(input);
    if (!checked.ok) return checked;
    const fields = await priceTestProblems(scope, checked.value, now);
    if (Object.keys(fields).length > 0)
      return { ok: false, code: 'price-refused', message: 'Some fields need your attention.', fields };
    return id === null
      ? createSplitTest(scope, input, { id: randomUUID(), salt: randomBytes(8).toString('hex'), now })
      : updateSplitTest(scope, id, input, { now });
  });
}

/** How long a test would take, from the shop's last four weeks, and which discounts in it cannot be charged, by field. */
export function planExperiment(
  services: Needs,
  shopId: ShopId,
  form: Pick<SplitTest, 'arms' | 'effectBps' | 'trafficBps' | 'subject'>,
): Promise<Awaited<ReturnType<typeof planSplitTest>> & { readonly fields: Readonly<Record<string, string>> }> {
  const now = services.clock.now();
  return services.db.inShop(
    shopId,
    async (scope) => {
      const marginBps = (await readShop(scope)).settings.defaultMarginBps;
      const fields = await priceTestProblems(scope, form, now);
      const productIds = await exposingProducts(scope, form.subject, now);
      return { ...(await planSplitTest(scope, form, { now, productIds, marginBps })), fields };
    },
    { timeoutMs: sumsTimeoutMs },
  );
}

/** A winner among a bundle's versions changes the bundle itself; widgets are changed by what is published. */
async function carryOut(scope: ShopScope, subject: TestSubject, change: ArmChange, now: Date): Promise<string | null> {
  if (!changesBundle(subject)) return null;
  const found = await getBundle(scope, subject.id, now);
  if (!found.ok) return found.message;
  const { bundle } = found.value;
  const changed = change.hide
    ? await setBundleStatus(scope, subject.id, 'paused', { now })
    : await updateBundle(
        scope,
        subject.id,
        bundle.revision,
        {
          ...bundle,
          title: change.title ?? bundle.title,
          discount: change.discount ?? bundle.discount,
          startsAt: bundle.startsAt?.toISOString() ?? null,
          endsAt: bundle.endsAt?.toISOString() ?? null,
        },
        { now },
      );
  return changed.ok ? null : changed.message;
}

export type ExperimentIntent = 'start' | 'stop' | 'apply' | 'withdraw' | 'delete';

/** What the merchant does with an experiment; the store is told at once. `arm`: which version is applied. */
export async function changeExperiment(
  services: Services,
  shopId: ShopId,
  id: string,
  { intent, arm }: { intent: ExperimentIntent; arm: string },
): Promise<SplitTestResult> {
  const now = services.clock.now();
  const result = await services.db.inShop(
    shopId,
    async (scope): Promise<SplitTestResult> => {
      // What is read here of the draft must be what is started.
      await lockExperiments(scope);
      const marginBps = (await readShop(scope)).settings.defaultMarginBps;
      switch (intent) {
        case 'start': {
          const test = await findSplitTest(scope, id);
          const productIds = test && (await exposingProducts(scope, test.subject, now));
          const priceProblems = test ? await priceTestProblems(scope, test, now) : {};
          return startSplitTest(scope, id, { now, productIds, marginBps, priceProblems });
        }
        case 'stop': {
          const stopped = await stopSplitTest(scope, id, { reason: 'by-hand', now });
          const reading = stopped.ok ? await readingOf(scope, stopped.value, { now, marginBps }) : null;
          if (reading) await keepReading(scope, id, reading, now);
          return stopped;
        }
        case 'apply':
          return applySplitTest(scope, id, {
            arm,
            now,
            carryOut: (subject, change) => carryOut(scope, subject, change, now),
          });
        case 'withdraw':
          return withdrawSplitTest(scope, id, { now });
        case 'delete':
          return deleteSplitTest(scope, id);
      }
    },
    { timeoutMs: sumsTimeoutMs },
  );
  if (result.ok && intent !== 'delete') await startRun(services, shopId, 'publish-bundles');
  return result;
}
