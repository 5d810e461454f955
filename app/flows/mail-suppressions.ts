import { z } from 'zod';
import {
  listSuppressions,
  type NewSuppression,
  sealing,
  type SuppressionReason,
  suppressAddresses,
} from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import type { Services } from '#app/infra/services.ts';

/** Addresses of one import. */
const mostAddresses = 20_000;
const step = 1_000;
const email = z.email().max(254);

export interface SuppressedAddress {
  readonly emailHash: string;
  /** null where the person was erased: only the hash is left */
  readonly address: string | null;
  readonly reason: SuppressionReason;
  readonly detail: string | null;
  readonly createdAt: Date;
}

/** Addresses that get no mail, newest first. */
export async function readSuppressed(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  ask: {
    readonly search: string;
    readonly after: { readonly at: Date; readonly hash: string } | null;
    readonly limit: number;
  },
): Promise<SuppressedAddress[]> {
  const { after, limit } = ask;
  const emailHash = ask.search === '' ? null : (hashEmail(secrets, ask.search) ?? '');
  const rows = await listSuppressions(scope, { emailHash, after, limit });
  const { open } = sealing(secrets, scope.shopId);
  return rows.map(({ sealed, reason, ...row }) => ({
    ...row,
    reason: reason as SuppressionReason,
    address: sealed === null ? null : z.string().parse(open(sealed)),
  }));
}

export interface SuppressionImport {
  readonly added: number;
  readonly known: number;
  /** lines that hold no address, by their number from 1 */
  readonly wrong: readonly number[];
}

/**
 * Puts addresses on the list: one a line, or the first column of a CSV file whose first line may be a head. Null where
 * there are too many.
 */
export async function importSuppressed(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  text: string,
  now: Date,
): Promise<SuppressionImport | null> {
  const { seal } = sealing(secrets, scope.shopId);
  const found = new Map<string, NewSuppression>();
  const wrong: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.length > mostAddresses) return null;
  for (const [index, line] of lines.entries()) {
    const cell = (line.split(/[,;\t]/)[0] ?? '').replaceAll('"', '').replace(/^'/, '').trim();
    if (cell === '' || (index === 0 && /^e-?mail/i.test(cell))) continue;
    const address = email.safeParse(cell);
    const emailHash = address.success ? hashEmail(secrets, address.data) : null;
    if (!address.success || emailHash === null) wrong.push(index + 1);
    else found.set(emailHash, { emailHash, sealed: seal(address.data), reason: 'manual', detail: null });
  }
  const all = [...found.values()];
  let added = 0;
  for (let at = 0; at < all.length; at += step) added += await suppressAddresses(scope, all.slice(at, at + step), now);
  return { added, known: all.length - added, wrong };
}
