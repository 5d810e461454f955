import type { LoaderFunctionArgs } from '@remix-run/node';
import { readSuppressed, type SuppressedAddress } from '#app/flows/mail-suppressions.ts';
import type { Services } from '#app/infra/services.ts';
import { csvStream } from './csv.server.ts';
import { type Merchant, requireMerchant } from './merchant.server.ts';

const page = 2_000;

/** Addresses that get no mails, as CSV; those of erased customers have none left. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  return csvStream('addresses-without-mails.csv', batches(merchant, args.context.services));
}

async function* batches(merchant: Merchant, services: Pick<Services, 'secrets'>): AsyncGenerator<string[][]> {
  yield [['email', 'reason', 'since', 'detail']];
  for (let after: { at: Date; hash: string } | null = null, more = true; more;) {
    const from: { at: Date; hash: string } | null = after;
    const rows: SuppressedAddress[] = await merchant.inShop((scope) =>
      readSuppressed(services, scope, { search: '', after: from, limit: page }),
    );
    yield rows.flatMap(({ address, reason, createdAt, detail }) =>
      address === null ? [] : [[address, reason, createdAt.toISOString(), detail ?? '']],
    );
    const last = rows.at(-1);
    more = rows.length === page;
    after = last ? { at: last.createdAt, hash: last.emailHash } : null;
  }
}
