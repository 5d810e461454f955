import type { LoaderFunctionArgs } from '@remix-run/node';
import { type MemberQuery, type MemberRow, readMemberPage } from '#app/domains/loyalty/index.ts';
import { csvStream } from './csv.server.ts';
import { type Merchant, requireMerchant } from './merchant.server.ts';

const heads = ['customer_id', 'tier', 'points', 'pending', 'member_since', 'joined_by'];
const pageSize = 5_000;

/** All members with their points, as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  return csvStream('loyalty-members.csv', batches(await requireMerchant(args)));
}

async function* batches(merchant: Merchant): AsyncGenerator<string[][]> {
  yield [heads];
  for (let after: string | null = ''; after !== null;) {
    const query: MemberQuery = { search: '', emailHash: null, tier: null, after, limit: pageSize };
    const rows: MemberRow[] = await merchant.inShop((scope) => readMemberPage(scope, query));
    yield rows.map((row) => [
      row.customerId,
      row.tier,
      String(row.available),
      String(row.pending),
      row.joinedAt.toISOString(),
      row.source,
    ]);
    after = rows.length < pageSize ? null : (rows.at(-1)?.customerId ?? null);
  }
}
