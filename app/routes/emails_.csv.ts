import type { LoaderFunctionArgs } from '@remix-run/node';
import { type LogRow, readMailLog } from '#app/flows/mail-log.ts';
import type { Services } from '#app/infra/services.ts';
import { csvStream } from './csv.server.ts';
import { type LogQuery, logQuery } from './emails/log-query.ts';
import { causeSentence, reasonSentence, stateLooks } from './emails/mail-words.ts';
import { type Merchant, requireMerchant } from './merchant.server.ts';

const heads = [
  'requested_at',
  'settled_at',
  'email',
  'customer_id',
  'kind',
  'topic',
  'outcome',
  'why',
  'reason_code',
  'for',
  'source_kind',
  'source_id',
  'source_purpose',
  'consent_by',
  'consent_at',
];
const page = 1_000;

/** The log of mails, newest first, as CSV: what became of each, what it was for, and what it rested on. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const params = new URL(args.request.url).searchParams;
  const asked = logQuery.parse(
    Object.fromEntries(Object.keys(logQuery.shape).map((name) => [name, params.get(name) || null])),
  );
  return csvStream('e-mails.csv', batches(merchant, args.context.services, asked));
}

async function* batches(
  merchant: Merchant,
  services: Pick<Services, 'secrets'>,
  asked: LogQuery,
): AsyncGenerator<string[][]> {
  yield [heads];
  for (let before: bigint | null = null, more = true; more;) {
    const from: bigint | null = before;
    const rows: LogRow[] = await merchant.inShop((scope) =>
      readMailLog(services, scope, { ...asked, before: from, limit: page }),
    );
    yield rows.map((mail) => [
      mail.requestedAt.toISOString(),
      mail.settledAt?.toISOString() ?? '',
      mail.address ?? '',
      mail.customerId ?? '',
      mail.title,
      mail.topic,
      stateLooks[mail.state].text,
      reasonSentence(mail, merchant.shop.timeZone),
      mail.reported ?? mail.reason ?? '',
      causeSentence(mail),
      mail.source.kind,
      mail.source.id,
      mail.source.purpose,
      mail.consent?.by ?? '',
      mail.consent?.at?.toISOString() ?? '',
    ]);
    const last = rows.at(-1);
    more = rows.length === page;
    before = last ? BigInt(last.id) : null;
  }
}
