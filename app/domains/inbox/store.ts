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

/**
 * The shop's next deliveries that are due, oldest first, news of products after all others (what we publish comes back as
 * thousands of them where a store tells every change of a product, and no order shall wait behind those), each counted as tried before the work begins (so that
 * one that kills its worker is given up in the end). A failed one waits 15 s · (2^attempts − 1) from receipt.
 */
export async function takeDueDeliveries(scope: ShopScope, now: Date, limit: number): Promise<InboxRow[]> {
  const rows = await scope.tx.$queryRaw<RawRow[]>`
    UPDATE webhook_inbox SET attempts = attempts + 1 WHERE id IN (
      SELECT id FROM webhook_inbox WHERE shop_id = ${scope.shopId}::uuid AND status = 'pending'
        AND (attempts = 0 OR received_at + interval '15 seconds' * (power(2, attempts) - 1) <= ${now})
      ORDER BY topic LIKE 'product%', id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id, platform, delivery_id, shop_id::text, topic, triggered_at, body, attempts`;
  return rows
    .sort((a, b) => (a.id < b.id ? -1 : 1))
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
}

/** Ends a delivery. Its body is emptied, so that no personal data lingers. */
export async function closeDelivery(
  scope: ShopScope,
  id: string,
  status: 'done' | 'ignored',
  now: Date,
): Promise<void> {
  await scope.tx.webhookInbox.updateMany({
    where: { id: BigInt(id), shopId: scope.shopId },
    data: { status, body: '', lastError: null, processedAt: now },
  });
}

/** Notes a failure; after the last attempt, or where none can help, the delivery waits for a person. */
export async function noteFailure(scope: ShopScope, id: string, error: string, hopeless: boolean): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE webhook_inbox SET last_error = ${error.replaceAll('\0', '').slice(0, 500)}, status = CASE WHEN ${hopeless} OR attempts >= ${maxAttempts} THEN 'failed' ELSE 'pending' END
    WHERE id = ${BigInt(id)} AND shop_id = ${scope.shopId}::uuid AND status = 'pending'`;
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

/** The finished steps of an event. */
export async function readFinishedSteps(scope: ShopScope, eventKey: string): Promise<Set<string>> {
  const rows = await scope.tx.flowStep.findMany({ where: { shopId: scope.shopId, eventKey }, select: { step: true } });
  return new Set(rows.map((row) => row.step));
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

/** Which of these events have a finished step. */
export async function readFinishedKeys(scope: ShopScope, eventKeys: readonly string[]): Promise<Set<string>> {
  const rows = await scope.tx.flowStep.findMany({
    where: { shopId: scope.shopId, eventKey: { in: [...eventKeys] } },
    select: { eventKey: true },
  });
  return new Set(rows.map((row) => row.eventKey));
}

export async function saveFinishedStep(scope: ShopScope, eventKey: string, step: string, now: Date): Promise<void> {
  await scope.tx.$executeRaw`
    INSERT INTO flow_step (shop_id, event_key, step, finished_at) VALUES (${scope.shopId}::uuid, ${eventKey}, ${step}, ${now})
    ON CONFLICT DO NOTHING`;
}
