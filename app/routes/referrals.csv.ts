import type { LoaderFunctionArgs } from '@remix-run/node';
import { readAdvocates, readReferrals } from '#app/domains/referrals/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { csvStream } from './csv.server.ts';
import { type Merchant, requireMerchant } from './merchant.server.ts';

const heads = [
  'order_id',
  'order',
  'placed_at',
  'total',
  'currency',
  'advocate_customer_id',
  'code',
  'came_by',
  'state',
  'decision',
  'your_decision',
  'reasons',
  'friend_no',
  'reward',
  'reward_amount',
  'due_at',
];
const page = 1_000;

/** Every referral, the newest first, as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  return csvStream('referrals.csv', batches(merchant));
}

async function* batches(merchant: Merchant): AsyncGenerator<string[][]> {
  const { currency } = merchant.shop;
  yield [heads];
  let before: { placedAt: Date; orderId: string } | null = null;
  for (;;) {
    const from: typeof before = before;
    const { rows, advocates } = await merchant.inShop(async (scope) => {
      const some = await readReferrals(scope, {}, { before: from, limit: page });
      return { rows: some, advocates: await readAdvocates(scope, [...new Set(some.map((one) => one.advocateId))]) };
    });
    yield rows.map((row) => {
      const advocate = advocates.get(row.advocateId);
      const reward = row.posted?.reward;
      return [
        row.orderId,
        row.orderName,
        row.placedAt.toISOString(),
        formatDecimal(row.totalMinor, currency),
        currency,
        advocate?.customerId ?? '',
        advocate?.code ?? '',
        row.how,
        row.state,
        row.verdict?.decision ?? '',
        row.overruled ?? '',
        (row.verdict?.reasons ?? []).map(({ code }) => code).join(' '),
        row.friendNo === null ? '' : String(row.friendNo),
        reward?.type ?? '',
        reward === undefined
          ? ''
          : reward.type === 'points'
            ? String(reward.points)
            : 'minor' in reward
              ? formatDecimal(reward.minor, currency)
              : formatDecimal(reward.basisPoints, 'USD'),
        row.dueAt.toISOString(),
      ];
    });
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    before = { placedAt: last.placedAt, orderId: last.orderId };
  }
}
