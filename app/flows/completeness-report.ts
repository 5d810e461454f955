import { listMends } from '#app/domains/activity/index.ts';
import {
  completenessOf,
  type CompletenessProblem,
  type CompletenessReport,
  nothing,
  problemsOf,
  readHoursOfArrivals,
  readRecordSums,
  type Standing,
  startOfWindow,
  type Window,
} from '#app/domains/completeness/index.ts';
import { countOrdersInOtherCurrency } from '#app/domains/orders/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformCapabilities } from '#app/platforms/platform.ts';

const hourMs = 3_600_000;

/** Twice what the schedule leaves between two reconciliations, and some. */
const checkWithin = ({ webhookRetries }: Pick<PlatformCapabilities, 'webhookRetries'>): number =>
  (webhookRetries ? 3 : 1) * hourMs;

type Asked = Pick<Shop, 'platformState'>;
type Able = Pick<PlatformCapabilities, 'webhookRetries'>;

/** What keeps the copy of the store from being complete now, by the last 24 hours. */
export async function completenessProblems(
  scope: ShopScope,
  shop: Asked,
  capabilities: Able,
  now: Date,
): Promise<CompletenessProblem[]> {
  return problemsOf(await readStanding(scope, shop, capabilities, { now, mendsSince: startOfWindow('24h', now) }));
}

/** Whether everything that happened in the store within a window has reached us, and how. */
export async function completenessReport(
  scope: ShopScope,
  shop: Asked & Pick<Shop, 'currency'>,
  capabilities: Able,
  asked: { readonly window: Window; readonly now: Date },
): Promise<CompletenessReport> {
  const { window, now } = asked;
  // What is wrong is said by the last day, so that no window is shorter.
  const since = startOfWindow(window, now);
  const { comparedAt } = shop.platformState;
  return completenessOf(window, {
    ...(await readStanding(scope, shop, capabilities, { now, mendsSince: since })),
    hours: await readHoursOfArrivals(scope, since),
    records: await readRecordSums(scope, since),
    ordersLeftOut: await countOrdersInOtherCurrency(scope, [shop.currency], since),
    comparedAt: comparedAt === undefined ? null : new Date(comparedAt),
  });
}

async function readStanding(
  scope: ShopScope,
  { platformState }: Asked,
  capabilities: Able,
  { now, mendsSince }: { readonly now: Date; readonly mendsSince: Date },
): Promise<Standing> {
  const [orders = nothing] = await readRecordSums(scope, startOfWindow('24h', now), ['orders']);
  const marks = Object.values(platformState.reconciledUntil ?? {}).sort();
  const whole = marks.length === 3 ? marks[0] : undefined;
  return {
    orders,
    mends: await listMends(scope, mendsSince),
    checkedUntil: whole === undefined ? null : new Date(whole),
    checkWithinMs: checkWithin(capabilities),
    now,
  };
}
