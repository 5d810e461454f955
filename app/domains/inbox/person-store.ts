import { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';
import { toJsonb } from '#app/infra/jsonb.ts';
import { parseLossless } from '#app/shared/lossless-json.ts';

/** A person as deliveries name one. */
export interface NamedPerson {
  readonly customerIds: readonly string[];
  readonly email: string | null;
}

/** Legal requests keep saying whom they are about until they are done; then they lose their body like all others. */
const legal = ['customers/redact', 'customers/data_request', 'shop/redact'];

/** Patterns of the person's ids (a whole number in the text, never a part of a longer one) and the address to look for. */
const wordsOf = ({ customerIds, email }: NamedPerson) => ({
  ids: customerIds.filter((id) => /^\d+$/.test(id)).map((id) => `(^|[^0-9])${id}([^0-9]|$)`),
  address: email?.trim().toLowerCase() || null,
});

/** Deliveries that are not done yet and hold something of a person: when they came and about what. */
export async function listDeliveriesNaming(
  scope: ShopScope,
  person: NamedPerson,
): Promise<{ topic: string; receivedAt: Date }[]> {
  const { ids, address } = wordsOf(person);
  return scope.tx.$queryRaw<{ topic: string; receivedAt: Date }[]>`
    SELECT topic, received_at AS "receivedAt" FROM webhook_inbox
    WHERE shop_id = ${scope.shopId}::uuid AND body <> '' AND topic <> ALL(${legal}::text[])
      AND (body ~ ANY(${ids}::text[]) OR strpos(lower(body), ${address}::text) > 0) ORDER BY id`;
}

/**
 * Takes a person out of deliveries that are not done yet: of such a body only the ids of what it is about stay, so
 * that the record is read again from the platform. A body that cannot be read is emptied.
 */
export async function forgetPersonInDeliveries(scope: ShopScope, person: NamedPerson): Promise<number> {
  const { ids, address } = wordsOf(person);
  const rows = await scope.tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM webhook_inbox
    WHERE shop_id = ${scope.shopId}::uuid AND status IN ('pending', 'failed') AND topic <> ALL(${legal}::text[])
      AND (body ~ ANY(${ids}::text[]) OR strpos(lower(body), ${address}::text) > 0) ORDER BY id`;
  // One at a time: a body may have megabytes.
  for (const { id } of rows) {
    const where = { id, shopId: scope.shopId };
    const row = await scope.tx.webhookInbox.findFirst({ where, select: { body: true } });
    if (row) await scope.tx.webhookInbox.updateMany({ where, data: { body: onlyIds(row.body) } });
  }
  return rows.length;
}

const kept = z.object({ id: z.unknown(), order_id: z.unknown(), updated_at: z.unknown() }).partial();

/** Parsed here and not by PostgreSQL, which refuses NUL, lone surrogates and large exponents in JSON. */
function onlyIds(body: string): string {
  try {
    const parsed = kept.safeParse(parseLossless(body));
    return parsed.success ? toJsonb(parsed.data) : '';
  } catch (error) {
    // No JSON, or nested deeper than the parser's stack: nobody could have read it anyway.
    if (error instanceof SyntaxError || error instanceof RangeError) return '';
    throw error;
  }
}
