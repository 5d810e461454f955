import { Readable } from 'node:stream';
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node';
import { formatAmount, readBalances, readBalancesAt, statementRows } from '#app/domains/ledger/index.ts';
import { formatDay, formatMoment } from '../ui/format.ts';
import { zoneName } from '../ui/local-time.ts';
import { accountQuery, spanQuery } from './ledger/account-query.ts';
import { operationWords } from './ledger/operation-words.ts';
import { type PdfColumn, pdfTable } from './ledger/pdf-table.server.ts';
import { sourceWords } from './ledger/source-words.ts';
import { requireMerchant } from './merchant.server.ts';

const number = (head: string): PdfColumn => ({ head, width: 55, right: true });
const columns: readonly PdfColumn[] = [
  { head: 'When', width: 91, right: false },
  { head: 'What', width: 93, right: false },
  { head: 'For', width: 111, right: false },
  ...['Available', 'Pending', 'Held', 'Balance'].map(number),
];

/** One owner's statement of a span of days by the shop's calendar as PDF, newest first; 404 for an address that names no account. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const asked = accountQuery.safeParse(Object.fromEntries(new URL(args.request.url).searchParams));
  if (!asked.success) throw new Response('There is no such account.', { status: 404 });
  const { kind, owner, unit } = asked.data;
  const account = { ownerKind: kind, ownerId: owner, unit };
  const { now } = merchant;
  const { timeZone, name } = merchant.shop;
  const span = spanQuery(new URL(args.request.url).searchParams, { timeZone, now });
  const end = await merchant.inShop((scope) =>
    span.until === null
      ? readBalances(scope, account)
      : readBalancesAt(scope, account, new Date(span.until.getTime() - 1)),
  );
  const write = (amount: number) => formatAmount(amount, unit);
  const from = span.from === null ? 'the beginning' : formatDay(span.from, timeZone);
  const until = formatDay(span.until === null ? now : new Date(span.until.getTime() - 1), timeZone);
  async function* cells() {
    for await (const rows of statementRows((work) => merchant.inShop(work), account, span))
      yield rows.map((row) => [
        formatMoment(row.at, timeZone),
        operationWords[row.operation],
        sourceWords(row.source),
        ...[row.available, row.pending, row.held, row.balance].map(write),
      ]);
  }
  const table = {
    title: `Statement of ${kind} ${owner}`,
    lines: [
      name,
      `From ${from} to ${until}, days and times of ${zoneName(timeZone)}`,
      `At the end: available ${write(end.available)}, pending ${write(end.pending)}, held ${write(end.held)} (${unit})`,
    ],
    columns,
    at: now,
  };
  return new Response(createReadableStreamFromReadable(Readable.from(pdfTable(table, cells()))), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="statement.pdf"',
      'Cache-Control': 'no-store',
    },
  });
}
