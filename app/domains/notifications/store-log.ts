import type { ShopScope } from '#app/infra/database.ts';
import type { MailState } from './model.ts';

export interface LogAsk {
  readonly state: MailState | null;
  readonly template: string | null;
  /** mails to this address, or to these customers */
  readonly to: { readonly emailHash: string | null; readonly customerIds: readonly string[] } | null;
  /** the last id of the page before */
  readonly before: bigint | null;
  readonly limit: number;
}

/** Mails, newest first. */
export async function listMails(scope: ShopScope, ask: LogAsk) {
  const { state, template, to, before } = ask;
  return scope.tx.mail.findMany({
    where: {
      shopId: scope.shopId,
      ...(state === null ? {} : { state: state === 'waiting' ? { in: ['waiting', 'sending'] } : state }),
      ...(template === null ? {} : { template }),
      ...(before === null ? {} : { id: { lt: before } }),
      ...(to === null
        ? {}
        : {
            OR: [
              { customerId: { in: [...to.customerIds] } },
              ...(to.emailHash === null ? [] : [{ emailHash: to.emailHash }]),
            ],
          }),
    },
    omit: { shopId: true, dataSealed: true },
    orderBy: { id: 'desc' },
    take: ask.limit,
  });
}

/** How many mails of each template came to which state since then. */
export async function countMails(scope: ShopScope, since: Date) {
  const rows = await scope.tx.mail.groupBy({
    by: ['template', 'state'],
    where: { shopId: scope.shopId, requestedAt: { gte: since } },
    _count: true,
  });
  return rows.map(({ template, state, _count }) => ({ template, state: state as MailState, mails: _count }));
}

/** Ids of mails whose template could not be filled. */
export async function findUnfilled(scope: ShopScope, limit: number): Promise<bigint[]> {
  const rows = await scope.tx.mail.findMany({
    where: { shopId: scope.shopId, state: 'failed', reason: 'template', dataSealed: { not: null } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map((row) => row.id);
}

/** What the newest mail of this template to this customer was filled with, sealed; null = there is none. */
export async function findLatestData(scope: ShopScope, template: string, customerId: string): Promise<string | null> {
  const row = await scope.tx.mail.findFirst({
    where: { shopId: scope.shopId, template, customerId, dataSealed: { not: null } },
    select: { dataSealed: true },
    orderBy: { id: 'desc' },
  });
  return row?.dataSealed ?? null;
}

/** So many of the newest mails are looked through: no index finds a template, and the table grows with the shop. */
const looked = 2_000;

/**
 * The customer to whom the newest mail of this template went whose content is kept; null = there is none among the
 * newest mails.
 */
export async function findLatestCustomer(
  { tx, shopId }: ShopScope,
  template: string,
  among: number = looked,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ customer: string }[]>`
    SELECT customer_id AS customer
    FROM (
      SELECT id, template, customer_id, data_sealed IS NOT NULL AS kept
      FROM mail WHERE shop_id = ${shopId}::uuid ORDER BY id DESC LIMIT ${among}
    ) newest
    WHERE template = ${template} AND customer_id IS NOT NULL AND kept
    ORDER BY id DESC LIMIT 1`;
  return rows[0]?.customer ?? null;
}

/**
 * The receiving side reported on a mail later. Returns the hash of its address, where that is still known.
 */
export async function noteReport(
  scope: ShopScope,
  id: bigint,
  reported: 'bounced' | 'complained',
): Promise<string | null> {
  const mail = await scope.tx.mail.findUnique({
    where: { shopId_id: { shopId: scope.shopId, id } },
    select: { emailHash: true },
  });
  if (mail === null) return null;
  await scope.tx.mail.updateMany({ where: { shopId: scope.shopId, id }, data: { reported } });
  return mail.emailHash;
}
