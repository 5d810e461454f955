import type { LoaderFunctionArgs } from '@remix-run/node';
import { isGroup, readMembers } from '#app/domains/segments/index.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { csvFile } from './csv.server.ts';
import { requireMerchant } from './merchant.server.ts';

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
const page = 10_000;

/** Customers of one group, or of all, as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const asked = new URL(args.request.url).searchParams.get('group') ?? '';
  const group = isGroup(asked) ? asked : null;
  const { currency } = merchant.shop;
  const rows: string[][] = [];
  for (let after = ''; ;) {
    const members = await merchant.inShop((scope) => readMembers(scope, group, after, page));
    for (const one of members)
      rows.push([
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
    const last = members.at(-1);
    if (last === undefined || members.length < page) break;
    after = last.customerId;
  }
  return csvFile(`customers-${group ?? 'all'}.csv`, [heads, ...rows]);
}
