import type { LoaderFunctionArgs } from '@remix-run/node';
import { statementTable } from '#app/domains/ledger/index.ts';
import { csvStream } from './csv.server.ts';
import { accountQuery, spanQuery } from './ledger/account-query.ts';
import { ruleCells, ruleHeads } from './loyalty/statement-rules.ts';
import { requireMerchant } from './merchant.server.ts';

/** One owner's statement as CSV, whole or of a span of days, points with the rules that gave them; 404 for an address that names no account. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const asked = accountQuery.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  if (!asked.success) throw new Response('There is no such account.', { status: 404 });
  const { kind, owner, unit } = asked.data;
  const account = { ownerKind: kind, ownerId: owner, unit };
  return csvStream(
    'statement.csv',
    statementTable(
      (work) => merchant.inShop(work),
      account,
      spanQuery(new URL(args.request.url).searchParams),
      unit === 'points' ? { heads: ruleHeads, cellsOf: ruleCells } : null,
    ),
  );
}
