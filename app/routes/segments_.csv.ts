import type { LoaderFunctionArgs } from '@remix-run/node';
import {
  type Group,
  isGroup,
  type Person,
  readGuests,
  readMembers,
  readPeople,
  type Scores,
} from '#app/domains/segments/index.ts';
import { isUuid } from '#app/shared/ids.ts';
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
  'without_account',
];
const page = 5_000;
/** So much of a mailbox's key tells buyers without an account apart, and leads to nobody; a spreadsheet takes it for a text. */
const endOf = (mailbox: string) => `#${mailbox.slice(-6)}`;

/**
 * Customers of a segment, or all buyers of a group or of the shop, as CSV. `segment` asks for customers alone, whom a list
 * shows; `group` for buyers without an account, too.
 */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const query = new URL(args.request.url).searchParams;
  const segment = query.get('segment') ?? '';
  if (isUuid(segment)) return csvStream('customers-segment.csv', people(merchant, segment));
  const asked = query.get('group') ?? segment;
  const group = isGroup(asked) ? asked : null;
  return csvStream(`customers-${group ?? 'all'}.csv`, batches(merchant, group, segment === ''));
}

async function* people(merchant: Merchant, ref: string): AsyncGenerator<string[][]> {
  const { currency } = merchant.shop;
  yield ['customer_id,in_segment_since,group,orders,spent,currency,last_order'.split(',')];
  for (let after: string | null = ''; after !== null;) {
    const query = { ref, search: '', emailHash: null, after, limit: page };
    const found: Person[] = await merchant.inShop((scope) => readPeople(scope, query));
    yield found.map((one) => [
      one.customerId,
      one.since.toISOString(),
      one.group ?? '',
      String(one.orders),
      formatDecimal(one.spentMinor, currency),
      currency,
      one.lastOrderAt?.toISOString() ?? '',
    ]);
    after = found.length < page ? null : (found.at(-1)?.customerId ?? null);
  }
}

async function* batches(merchant: Merchant, group: Group | null, guests: boolean): AsyncGenerator<string[][]> {
  const { currency } = merchant.shop;
  const row = (customerId: string, one: Scores, key: string): string[] => [
    customerId,
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
    key,
  ];
  yield [heads];
  for (let after: string | null = ''; after !== null;) {
    const from: string = after;
    const members = await merchant.inShop((scope) => readMembers(scope, group, from, page));
    yield members.map((one) => row(one.customerId, one, ''));
    after = members.length < page ? null : (members.at(-1)?.customerId ?? null);
  }
  for (let after: string | null = guests ? '' : null; after !== null;) {
    const from: string = after;
    const found = await merchant.inShop((scope) => readGuests(scope, group, from, page));
    yield found.map((one) => row('', one, endOf(one.mailbox)));
    after = found.length < page ? null : (found.at(-1)?.mailbox ?? null);
  }
}
