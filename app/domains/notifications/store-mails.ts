import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { ConsentBasis, MailReason, MailSource, MailState, SkipReason } from './model.ts';

export interface NewMail {
  readonly template: string;
  readonly topic: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly purpose: string;
  readonly customerId: string | null;
  readonly emailHash: string | null;
  readonly toSealed: string | null;
  readonly dataSealed: string;
  readonly requestedAt: Date;
  readonly dueAt: Date;
  readonly expiresAt: Date;
}

/** Puts mails in line, in one statement; those whose source is known already are left as they are. */
export async function insertMails(scope: ShopScope, mails: readonly NewMail[]): Promise<MailSource[]> {
  const rows = await scope.tx.$queryRaw<{ kind: string; id: string; purpose: string }[]>`
    INSERT INTO mail (shop_id, template, topic, source_kind, source_id, purpose, customer_id, email_hash, to_sealed,
      data_sealed, requested_at, due_at, expires_at)
    SELECT ${scope.shopId}::uuid, template, topic, "sourceKind", "sourceId", purpose, "customerId", "emailHash", "toSealed",
      "dataSealed", "requestedAt", "dueAt", "expiresAt"
    FROM jsonb_to_recordset(${toJsonb(mails)}::jsonb) AS m(template text, topic text, "sourceKind" text, "sourceId" text,
      purpose text, "customerId" text, "emailHash" text, "toSealed" text, "dataSealed" text, "requestedAt" timestamptz,
      "dueAt" timestamptz, "expiresAt" timestamptz)
    ORDER BY "sourceKind", "sourceId", purpose
    ON CONFLICT (shop_id, source_kind, source_id, purpose) DO NOTHING
    RETURNING source_kind AS kind, source_id AS id, purpose`;
  return rows;
}

/** Takes back mails of a source that have not been taken up; without `purpose` all of it. Returns how many. */
export async function cancelMails(
  scope: ShopScope,
  source: { readonly sourceKind: string; readonly sourceId: string; readonly purpose?: string },
  now: Date,
): Promise<number> {
  const { count } = await scope.tx.mail.updateMany({
    where: { shopId: scope.shopId, state: 'waiting', ...source },
    data: { state: 'skipped', reason: 'cancelled' satisfies SkipReason, dueAt: null, settledAt: now },
  });
  return count;
}

/** Takes back whatever waits: the merchant has left. */
export async function cancelAllMails(scope: ShopScope, now: Date): Promise<void> {
  await scope.tx.mail.updateMany({
    where: { shopId: scope.shopId, state: 'waiting' },
    data: { state: 'skipped', reason: 'cancelled' satisfies SkipReason, dueAt: null, settledAt: now },
  });
}

/** What became of the mails of these sources. */
export async function readMails(scope: ShopScope, sourceKind: string, sourceIds: readonly string[]) {
  const rows = await scope.tx.mail.findMany({
    where: { shopId: scope.shopId, sourceKind, sourceId: { in: [...sourceIds] } },
    select: { sourceId: true, purpose: true, template: true, state: true, reason: true, settledAt: true },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ state, reason, settledAt, ...row }) => ({
    ...row,
    state: state as MailState,
    reason: reason as MailReason | null,
    sentAt: state === 'sent' ? settledAt : null,
  }));
}

/** A mail that this worker has taken up. */
export interface ClaimedMail {
  readonly id: bigint;
  readonly claims: number;
  readonly deferrals: number;
  readonly sourceKind: string;
  readonly template: string;
  readonly topic: string;
  readonly customerId: string | null;
  readonly toSealed: string | null;
  readonly dataSealed: string | null;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
}

/** Takes up mails that are due; others skip them until `until`, when this worker counts as dead. */
export async function claimMails(scope: ShopScope, now: Date, until: Date, limit: number): Promise<ClaimedMail[]> {
  const rows = await scope.tx.$queryRaw<ClaimedMail[]>`
    WITH due AS (
      SELECT id FROM mail WHERE shop_id = ${scope.shopId}::uuid AND due_at <= ${now} AND handed_over_at IS NULL
      ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE mail m SET state = 'sending', claims = m.claims + 1, due_at = ${until}
    FROM due WHERE m.shop_id = ${scope.shopId}::uuid AND m.id = due.id
    RETURNING m.id, m.claims, m.deferrals, m.source_kind AS "sourceKind", m.template, m.topic, m.customer_id AS "customerId", m.to_sealed AS "toSealed",
      m.data_sealed AS "dataSealed", m.requested_at AS "requestedAt", m.expires_at AS "expiresAt"`;
  // PostgreSQL returns them in whatever order it found them.
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Mails that a worker had handed over when it died: whether they arrived nobody can tell, and twice is worse than not
 * at all. Returns their ids.
 */
export async function settleInterrupted(scope: ShopScope, now: Date): Promise<bigint[]> {
  const rows = await scope.tx.$queryRaw<{ id: bigint }[]>`
    UPDATE mail SET state = 'unsure', reason = 'no-answer', due_at = NULL, settled_at = ${now}
    WHERE shop_id = ${scope.shopId}::uuid AND state = 'sending' AND due_at <= ${now} AND handed_over_at IS NOT NULL
    RETURNING id`;
  return rows.map((row) => row.id);
}

type Claim = Pick<ClaimedMail, 'id' | 'claims'>;

/** To be called, and committed, right before the mail server gets the mail. False = another worker has taken over. */
export async function markHandedOver(
  scope: ShopScope,
  { id, claims }: Claim,
  mark: {
    readonly now: Date;
    readonly emailHash: string;
    readonly language: string;
    readonly until: Date;
    readonly basis: ConsentBasis | null;
  },
): Promise<boolean> {
  const { count } = await scope.tx.mail.updateMany({
    where: { shopId: scope.shopId, id, claims, state: 'sending', handedOverAt: null },
    data: {
      handedOverAt: mark.now,
      emailHash: mark.emailHash,
      language: mark.language,
      dueAt: mark.until,
      consent: mark.basis?.by ?? null,
      consentAt: mark.basis?.at ?? null,
    },
  });
  return count > 0;
}

/** How a mail that was taken up ends. */
export async function settleMail(
  scope: ShopScope,
  { id, claims }: Claim,
  end: {
    readonly state: 'sent' | 'skipped' | 'failed' | 'unsure';
    readonly reason: MailReason | null;
    readonly detail?: string | null;
    readonly emailHash?: string | null;
    readonly now: Date;
  },
): Promise<void> {
  await scope.tx.mail.updateMany({
    where: { shopId: scope.shopId, id, claims, state: 'sending' },
    data: {
      state: end.state,
      reason: end.reason,
      detail: end.detail ?? null,
      ...(end.emailHash === undefined ? {} : { emailHash: end.emailHash }),
      dueAt: null,
      settledAt: end.now,
    },
  });
}

/** Puts mails that were taken up back in line. */
export async function putBackMails(
  scope: ShopScope,
  mails: readonly Claim[],
  wait: {
    readonly until: Date;
    /** null = it was not its turn */
    readonly reason: MailReason | null;
    readonly detail?: string | null;
    /** the mail server put it off, which is not for ever */
    readonly deferred?: boolean;
  },
): Promise<void> {
  for (const { id, claims } of mails)
    await scope.tx.mail.updateMany({
      where: { shopId: scope.shopId, id, claims, state: 'sending' },
      data: {
        state: 'waiting',
        reason: wait.reason,
        detail: wait.detail ?? null,
        dueAt: wait.until,
        handedOverAt: null,
        ...(wait.deferred ? { deferrals: { increment: 1 } } : {}),
      },
    });
}

/** Shops with mails that are due. */
export async function findShopsWithDueMails(scope: SystemScope, now: Date): Promise<ShopId[]> {
  const rows = await scope.tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT shop_id::text AS id FROM mail WHERE due_at <= ${now} LIMIT 10000`;
  return rows.map((row) => toShopId(row.id));
}

/** Puts mails that failed or are unsure back in line, on the merchant's word. Returns how many. */
export async function retryMails(
  scope: ShopScope,
  ids: readonly bigint[],
  now: Date,
  expiresAt: Date,
): Promise<number> {
  const { count } = await scope.tx.mail.updateMany({
    where: {
      shopId: scope.shopId,
      id: { in: [...ids] },
      state: { in: ['failed', 'unsure'] },
      dataSealed: { not: null },
    },
    data: {
      state: 'waiting',
      reason: null,
      detail: null,
      dueAt: now,
      expiresAt,
      deferrals: 0,
      handedOverAt: null,
      settledAt: null,
    },
  });
  return count;
}
