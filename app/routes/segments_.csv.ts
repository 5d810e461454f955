import type { LoaderFunctionArgs } from '@remix-run/node';
import { type Group, isGroup, readMembers } from '#app/domains/segments/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { csvStream } from './csv.server.ts';
import { type Merchant, requireMerchant } from './merchant.server.ts';

const heads = [
  'customer_id',
  'group',
  'group_since',
  'orders',
  'spent',
  'currency',
  'first_order',
  'last_order',
  'recency',
  'frequency',
  'money',
];
const page = 5_000;

/** Customers of one group, or of all, as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const asked = new URL(args.request.url).searchParams.get('group') ?? '';
  const group = isGroup(asked) ? asked : null;
  return csvStream(`customers-${group ?? 'all'}.csv`, batches(merchant, group));
}

async function* batches(merchant: Merchant, group: Group | null): AsyncGenerator<string[][]> {
  const { currency } = merchant.shop;
  yield [heads];
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const members = await merchant.inShop((scope) => readMembers(scope, group, from, page));
    yield members.map((one) => [
      one.customerId,
      one.group,
      one.groupSince.toISOString(),
      String(one.orders),
      formatDecimal(one.spentMinor, currency),
      currency,
      one.firstOrderAt.toISOString(),
      one.lastOrderAt.toISOString(),
      String(one.recency),
      String(one.frequency),
      String(one.money),
    ]);
    after = members.length < page ? null : (members.at(-1)?.customerId ?? null);
  }
}
