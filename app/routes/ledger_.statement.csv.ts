import type { LoaderFunctionArgs } from '@remix-run/node';
import { type MoreColumns, statementTable } from '#app/domains/ledger/index.ts';
import { toLocalInput } from '../ui/local-time.ts';
import { csvStream } from './csv.server.ts';
import { accountQuery, spanQuery } from './ledger/account-query.ts';
import { ruleCells, ruleHeads } from './loyalty/statement-rules.ts';
import { requireMerchant } from './merchant.server.ts';

/** One owner's statement as CSV, whole or of a span of days by the shop's calendar, points with the rules that gave them; 404 for an address that names no account. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const asked = accountQuery.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  if (!asked.success) throw new Response('There is no such account.', { status: 404 });
  const { kind, owner, unit } = asked.data;
  const account = { ownerKind: kind, ownerId: owner, unit };
  const { now } = merchant;
  const { timeZone } = merchant.shop;
  const span = spanQuery(new URL(args.request.url).searchParams, { timeZone, now });
  const more: MoreColumns = {
    heads: [`day (${timeZone})`, ...(unit === 'points' ? ruleHeads : [])],
    async cellsOf(scope, rows) {
      const rules = unit === 'points' ? await ruleCells(scope, rows) : [];
      return rows.map(({ at }, index) => [toLocalInput(at, timeZone).slice(0, 10), ...(rules[index] ?? [])]);
    },
  };
  return csvStream(
    'statement.csv',
    statementTable((work) => merchant.inShop(work), account, span, more),
  );
}
