import { randomBytes, randomUUID } from 'node:crypto';
import {
  foreignCurrency,
  getAnyBundle,
  getWholeBundle,
  setBundleStatus,
  updateBundle,
  withVersion,
} from '#app/domains/bundles/index.ts';
import {
  applySplitTest,
  type ArmChange,
  changesBundle,
  checkSplitTest,
  createSplitTest,
  deleteSplitTest,
  findSplitTest,
  foreignVersions,
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
import { isOrderWide } from '#app/domains/incentives/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { needsUpdate } from '#app/shared/widgets/registry.ts';
import { capabilitiesOfShop } from './connected-shop.ts';
import { priceTestProblems } from './price-test-problems.ts';
import { startRun } from './start-run.ts';

type Needs = Pick<Services, 'db' | 'clock'>;

/** Why a store whose plugin is behind cannot test this; null where it can. */
async function updateFirst(
  { platforms }: Pick<Services, 'platforms'>,
  scope: ShopScope,
  subject: TestSubject,
): Promise<SplitTestResult | null> {
  if (subject.type !== 'widget' || !needsUpdate(subject.id)) return null;
  if (!capabilitiesOfShop({ platforms }, await readShop(scope))?.behind) return null;
  const message =
    'The plugin of Trellis in your store is too old to keep this from some visitors. Update it, and press “Check again” under Settings.';
  return { ok: false, code: 'invalid', message, fields: { 'subject.id': message } };
}

/** A large shop's sums may take this long (milliseconds). */
const sumsTimeoutMs = 60_000;

/** Products whose views expose a visitor to a test of this subject; empty = any product; null = the subject is gone. */
async function exposingProducts(scope: ShopScope, subject: TestSubject): Promise<string[] | null> {
  if (!changesBundle(subject)) return [];
  const found = await getWholeBundle(scope, subject.id);
  if (!found) return null;
  // What the whole cart earns is shown on every page.
  if (isOrderWide(found.offer)) return [];
  // What is got for something is not bought by itself: its own page does not show the offer.
  const shown = found.bundle.items.filter(({ role }) => role !== 'get' && role !== 'gift');
  return [...new Set(shown.map((item) => item.productId))];
}

/** Stores a draft: a new one without an id, else in its place. */
export function saveExperiment(
  services: Needs & Pick<Services, 'platforms'>,
  shopId: ShopId,
  id: string | null,
  input: unknown,
): Promise<SplitTestResult> {
  const now = services.clock.now();
  return services.db.inShop(shopId, async (scope): Promise<SplitTestResult> => {
    const checked = checkSplitTest(input);
    if (!checked.ok) return checked;
    const held = await updateFirst(services, scope, checked.value.subject);
    if (held) return held;
    const fields = await priceTestProblems(scope, checked.value);
    const { currency } = await readShop(scope);
    if (Object.keys(fields).length > 0)
      return { ok: false, code: 'price-refused', message: 'Some fields need your attention.', fields };
    return id === null
      ? createSplitTest(scope, input, { id: randomUUID(), salt: randomBytes(8).toString('hex'), currency, now })
      : updateSplitTest(scope, id, input, { currency, now });
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
      const fields = await priceTestProblems(scope, form);
      const productIds = await exposingProducts(scope, form.subject);
      return { ...(await planSplitTest(scope, form, { now, productIds, marginBps })), fields };
    },
    { timeoutMs: sumsTimeoutMs },
  );
}

/** A winner among a bundle's versions changes the bundle itself; widgets are changed by what is published. */
async function carryOut(scope: ShopScope, subject: TestSubject, change: ArmChange, now: Date): Promise<string | null> {
  if (!changesBundle(subject)) return null;
  const found = await getAnyBundle(scope, subject.id, now);
  if (!found.ok) return found.message;
  const { bundle } = found.value;
  const entered = foreignCurrency(bundle, (await readShop(scope)).currency);
  if (entered !== null && !change.hide)
    return `The bundle's amounts are in ${entered}. Enter them in your store's currency first.`;
  const version = change.values ? withVersion(bundle, change.values) : bundle;
  if (!version) return 'The bundle has other steps than this version. Change the bundle itself.';
  const changed = change.hide
    ? await setBundleStatus(scope, subject.id, 'paused', { now })
    : await updateBundle(
        scope,
        subject.id,
        bundle.revision,
        {
          ...version,
          title: change.title ?? bundle.title,
          startsAt: bundle.startsAt?.toISOString() ?? null,
          endsAt: bundle.endsAt?.toISOString() ?? null,
        },
        { now },
      );
  return changed.ok ? null : changed.message;
}

/** What a test showed at the moment at which it ended. */
async function keepLast(scope: ShopScope, test: SplitTest, context: { now: Date; marginBps: number }): Promise<void> {
  const reading = await readingOf(scope, test, context);
  if (reading) await keepReading(scope, test.id, reading, context.now);
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
          const held = test?.state === 'draft' ? await updateFirst(services, scope, test.subject) : null;
          if (held) return held;
          const productIds = test && (await exposingProducts(scope, test.subject));
          const priceProblems = test ? await priceTestProblems(scope, test) : {};
          return startSplitTest(scope, id, { now, productIds, marginBps, priceProblems });
        }
        case 'stop': {
          const stopped = await stopSplitTest(scope, id, { reason: 'by-hand', now });
          if (stopped.ok) await keepLast(scope, stopped.value, { now, marginBps });
          return stopped;
        }
        case 'apply': {
          const test = await findSplitTest(scope, id);
          const { currency } = await readShop(scope);
          const entered = test && foreignVersions(test, currency);
          if (entered) {
            const message = `The versions were entered in ${entered} and your store sells in ${currency} now. Change the bundle itself.`;
            return { ok: false, code: 'price-refused', message, fields: {} };
          }
          const applied = await applySplitTest(scope, id, {
            arm,
            now,
            carryOut: (subject, change) => carryOut(scope, subject, change, now),
          });
          // One that was stopped before has the reading of its end.
          if (applied.ok && test?.state === 'running') await keepLast(scope, applied.value, { now, marginBps });
          return applied;
        }
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
