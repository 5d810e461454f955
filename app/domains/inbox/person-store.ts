import type { ShopScope } from '#app/infra/database.ts';

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
 * that the record is read again from the platform. A body that is no JSON is emptied; it could not be read anyway.
 */
export async function forgetPersonInDeliveries(scope: ShopScope, person: NamedPerson): Promise<number> {
  const { ids, address } = wordsOf(person);
  return scope.tx.$executeRaw`
    UPDATE webhook_inbox SET body = CASE WHEN body IS JSON OBJECT THEN jsonb_strip_nulls(jsonb_build_object(
      'id', body::jsonb->'id', 'order_id', body::jsonb->'order_id', 'updated_at', body::jsonb->'updated_at'))::text ELSE '' END
    WHERE shop_id = ${scope.shopId}::uuid AND status IN ('pending', 'failed') AND topic <> ALL(${legal}::text[])
      AND (body ~ ANY(${ids}::text[]) OR strpos(lower(body), ${address}::text) > 0)`;
}
