import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import type { PlatformKind } from '#app/platforms/platform.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import { type DeliveryNote, type InboxRow, maxAttempts } from './model.ts';

interface RawRow {
  id: bigint;
  platform: PlatformKind;
  delivery_id: string;
  shop_id: string;
  topic: string;
  triggered_at: Date | null;
  body: string;
  attempts: number;
}

/** Taken together at most. */
const mostAtOnce = 100;
/** News of products ask the platform one by one, and no order shall wait long behind them. */
const mostWithNewsOfProducts = 20;
/** Their bodies are held in memory together. */
const mostBytes = 8 * 1024 * 1024;

/**
 * The shop's next deliveries that are due, oldest first, news of products after all others (what we publish comes back as
 * thousands of them where a store tells every change of a product), each counted as tried before the work begins. A failed
 * one waits 15 s · (2^attempts − 1) from receipt. From its third try on it is taken alone, so that one that kills its worker
 * takes others with it twice at most. The index webhook_inbox_due_idx bears the order.
 * @returns them, and whether others may be due
 */
export async function takeDueDeliveries(
  scope: ShopScope,
  now: Date,
): Promise<{ readonly deliveries: InboxRow[]; readonly more: boolean }> {
  const rows = await scope.tx.$queryRaw<(RawRow & { due: bigint })[]>`
    WITH due AS MATERIALIZED (
      SELECT id, attempts, octet_length(body) AS bytes, topic ~ '^(product|inventory)' AS of_product FROM webhook_inbox
      WHERE shop_id = ${scope.shopId}::uuid AND status = 'pending'
        AND (attempts = 0 OR received_at + interval '15 seconds' * (power(2, attempts) - 1) <= ${now})
      ORDER BY of_product, id LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED),
    placed AS (
      SELECT *, row_number() OVER line AS place, sum(bytes) OVER line AS bytes_so_far,
        first_value(attempts) OVER line AS attempts_of_first, count(*) OVER () AS due
      FROM due WINDOW line AS (ORDER BY of_product, id))
    UPDATE webhook_inbox inbox SET attempts = inbox.attempts + 1 FROM placed
    WHERE inbox.id = placed.id AND (place = 1 OR (attempts_of_first < 2 AND placed.attempts < 2
      AND bytes_so_far <= ${mostBytes} AND (NOT of_product OR place <= ${mostWithNewsOfProducts})))
    RETURNING inbox.id, platform, delivery_id, shop_id::text, topic, triggered_at, body, inbox.attempts, due`;
  const due = Number(rows[0]?.due ?? 0);
  return { deliveries: toInboxRows(rows), more: due > rows.length || due === mostAtOnce };
}

/** Those of taken deliveries that are still to be done, with their bodies as they are now: a person may have been forgotten. */
export async function readTakenDeliveries(scope: ShopScope, ids: readonly string[]): Promise<InboxRow[]> {
  return toInboxRows(
    await scope.tx.$queryRaw<RawRow[]>`
      SELECT id, platform, delivery_id, shop_id::text, topic, triggered_at, body, attempts FROM webhook_inbox
      WHERE shop_id = ${scope.shopId}::uuid AND status = 'pending' AND id = ANY(${toArrayLiteral(ids)}::bigint[])`,
  );
}

const toInboxRows = (rows: readonly RawRow[]): InboxRow[] =>
  rows
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((row) => ({
      id: row.id.toString(),
      platform: row.platform,
      deliveryId: row.delivery_id,
      shopId: toShopId(row.shop_id),
      topic: row.topic,
      triggeredAt: row.triggered_at,
      body: row.body,
      attempts: row.attempts,
    }));

/** Ends deliveries. Their bodies are emptied, so that no personal data lingers. */
export async function closeDeliveries(
  scope: ShopScope,
  ids: readonly string[],
  status: 'done' | 'ignored',
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await scope.tx.$executeRaw`
    UPDATE webhook_inbox SET status = ${status}, body = '', last_error = NULL, processed_at = ${now}
    WHERE id = ANY(${toArrayLiteral(ids)}::bigint[]) AND shop_id = ${scope.shopId}::uuid`;
}

export interface Failure {
  readonly id: string;
  readonly error: string;
  /** no other try can help */
  readonly hopeless: boolean;
}

/** Notes failures; after the last attempt, or where none can help, a delivery waits for a person. */
export async function noteFailures(scope: ShopScope, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  await scope.tx.$executeRaw`
    UPDATE webhook_inbox inbox SET last_error = failure.error,
      status = CASE WHEN hopeless OR attempts >= ${maxAttempts} THEN 'failed' ELSE 'pending' END
    FROM unnest(
      ${toArrayLiteral(failures.map(({ id }) => id))}::bigint[],
      ${toArrayLiteral(failures.map(({ error }) => error.replaceAll('\0', '').slice(0, 500)))}::text[],
      ${toArrayLiteral(failures.map(({ hopeless }) => hopeless))}::boolean[]) AS failure(id, error, hopeless)
    WHERE inbox.id = failure.id AND shop_id = ${scope.shopId}::uuid AND status = 'pending'`;
}

/** Puts a failed delivery back in line. False when it is none of this shop's failed ones. */
export async function reopenDelivery(scope: ShopScope, id: string): Promise<boolean> {
  if (!/^\d{1,18}$/.test(id)) return false;
  const { count } = await scope.tx.webhookInbox.updateMany({
    where: { id: BigInt(id), shopId: scope.shopId, status: 'failed' },
    data: { status: 'pending', attempts: 0 },
  });
  return count > 0;
}

/** Newest first, without bodies. */
export async function listDeliveries(
  scope: ShopScope,
  options: { limit: number; status?: DeliveryNote['status'] },
): Promise<DeliveryNote[]> {
  const rows = await scope.tx.webhookInbox.findMany({
    where: { shopId: scope.shopId, ...(options.status ? { status: options.status } : {}) },
    orderBy: { id: 'desc' },
    take: options.limit,
    omit: { body: true },
  });
  return rows.map((row) => ({
    id: row.id.toString(),
    topic: row.topic,
    status: row.status as DeliveryNote['status'],
    attempts: row.attempts,
    error: row.lastError,
    receivedAt: row.receivedAt,
    processedAt: row.processedAt,
  }));
}

/** Shops that have deliveries due. Deliveries whose shop was not known on receipt find it here, or are ignored after an hour. */
export async function findShopsWithDueDeliveries(scope: SystemScope, now: Date): Promise<ShopId[]> {
  await scope.tx.$executeRaw`
    UPDATE webhook_inbox SET shop_id = shop.id FROM shop
    WHERE webhook_inbox.shop_id IS NULL AND webhook_inbox.status = 'pending'
      AND shop.platform = webhook_inbox.platform AND shop.domain = webhook_inbox.shop_domain`;
  await scope.tx.$executeRaw`
    UPDATE webhook_inbox SET status = 'ignored', body = '', processed_at = ${now}
    WHERE shop_id IS NULL AND status = 'pending' AND received_at < ${new Date(now.getTime() - 3_600_000)}`;
  const rows = await scope.tx.$queryRaw<{ shop_id: string }[]>`
    SELECT DISTINCT shop_id::text AS shop_id FROM webhook_inbox WHERE status = 'pending' AND shop_id IS NOT NULL
      AND (attempts = 0 OR received_at + interval '15 seconds' * (power(2, attempts) - 1) <= ${now})`;
  return rows.map((row) => toShopId(row.shop_id));
}

/** Forgets closed deliveries (and flow steps) older than `before`; failed ones lose their body then. */
export async function forgetOldDeliveries(scope: SystemScope, before: Date): Promise<void> {
  await scope.tx.webhookInbox.deleteMany({
    where: { status: { in: ['done', 'ignored'] }, receivedAt: { lt: before } },
  });
  await scope.tx.webhookInbox.updateMany({
    where: { status: 'failed', receivedAt: { lt: before } },
    data: { body: '' },
  });
  await scope.tx.flowStep.deleteMany({ where: { finishedAt: { lt: before } } });
}

/** The finished steps of events; one without any has no entry. */
export async function readFinishedSteps(
  scope: ShopScope,
  eventKeys: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await scope.tx.flowStep.findMany({
    where: { shopId: scope.shopId, eventKey: { in: [...eventKeys] } },
    select: { eventKey: true, step: true },
  });
  const found = new Map<string, Set<string>>();
  for (const { eventKey, step } of rows) found.set(eventKey, (found.get(eventKey) ?? new Set()).add(step));
  return found;
}

/** Forgets that an event's steps are done. */
export async function forgetFinishedSteps(scope: ShopScope, eventKey: string): Promise<void> {
  await scope.tx.flowStep.deleteMany({ where: { shopId: scope.shopId, eventKey } });
}

/** Forgets the steps of these events that were finished before `before`. */
export async function forgetOlderSteps(scope: ShopScope, eventKeys: readonly string[], before: Date): Promise<void> {
  await scope.tx.flowStep.deleteMany({
    where: { shopId: scope.shopId, eventKey: { in: [...eventKeys] }, finishedAt: { lt: before } },
  });
}

/** Remembers which steps of which events are done. */
export async function saveFinishedSteps(
  scope: ShopScope,
  done: readonly { readonly key: string; readonly step: string }[],
  now: Date,
): Promise<void> {
  if (done.length === 0) return;
  await scope.tx.$executeRaw`
    INSERT INTO flow_step (shop_id, event_key, step, finished_at)
    SELECT ${scope.shopId}::uuid, key, step, ${now}::timestamptz
    FROM unnest(${toArrayLiteral(done.map(({ key }) => key))}::text[], ${toArrayLiteral(done.map(({ step }) => step))}::text[])
      AS done(key, step)
    ON CONFLICT DO NOTHING`;
}
