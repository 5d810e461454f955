import { listMends } from '#app/domains/activity/index.ts';
import {
  completenessOf,
  type CompletenessReport,
  readHoursOfArrivals,
  startOfWindow,
  type Window,
} from '#app/domains/completeness/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformCapabilities } from '#app/platforms/platform.ts';

const hourMs = 3_600_000;

/** Twice what the schedule leaves between two reconciliations, and some. */
const checkWithin = ({ webhookRetries }: Pick<PlatformCapabilities, 'webhookRetries'>): number =>
  (webhookRetries ? 3 : 1) * hourMs;

/** Whether everything that happened in the store within a window has reached us, and how. */
export async function completenessReport(
  scope: ShopScope,
  { platformState }: Pick<Shop, 'platformState'>,
  capabilities: Pick<PlatformCapabilities, 'webhookRetries'>,
  asked: { readonly window: Window; readonly now: Date },
): Promise<CompletenessReport> {
  const { window, now } = asked;
  // What is wrong is said by the last day, so that no window is shorter.
  const since = startOfWindow(window, now);
  const marks = Object.values(platformState.reconciledUntil ?? {}).sort();
  const whole = marks.length === 3 ? marks[0] : undefined;
  return completenessOf(window, {
    hours: await readHoursOfArrivals(scope, since),
    mends: await listMends(scope, since),
    checkedUntil: whole === undefined ? null : new Date(whole),
    comparedAt: platformState.comparedAt === undefined ? null : new Date(platformState.comparedAt),
    checkWithinMs: checkWithin(capabilities),
    now,
  });
}
