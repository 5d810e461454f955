import type { ShopScope, SystemScope } from '#app/infra/database.ts';
import { type ShopId, toShopId } from '#app/shared/ids.ts';
import type { CodeSource } from './model.ts';

/** A gift that the store refused, and for whose source there is no code either. */
export interface UnreplacedGift {
  readonly source: CodeSource;
  readonly gift: {
    readonly customerId: string | null;
    readonly amountMinor: number;
    readonly refusal: string | null;
  };
}

interface Row {
  readonly id: string;
  readonly purpose: string;
  readonly customerId: string | null;
  readonly amountMinor: bigint;
  readonly refusal: string | null;
}

/** What the store refused to give for things of a kind, oldest first; at most 100. */
export async function readUnreplacedGifts({ tx, shopId }: ShopScope, kind: string): Promise<UnreplacedGift[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT g.source_id AS id, g.purpose, g.customer_id AS "customerId", g.amount_minor AS "amountMinor", g.refusal
    FROM store_gift g WHERE g.shop_id = ${shopId}::uuid AND g.state = 'refused' AND g.source_kind = ${kind}
      AND g.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM discount_code c WHERE c.shop_id = g.shop_id
        AND c.source_kind = g.source_kind AND c.source_id = g.source_id AND c.purpose = g.purpose)
    ORDER BY g.id LIMIT 100`;
  return rows.map(({ id, purpose, amountMinor, ...rest }) => ({
    source: { kind, id, purpose },
    gift: { ...rest, amountMinor: Number(amountMinor) },
  }));
}

/** Shops with such gifts. */
export async function findShopsWithUnreplacedGifts({ tx }: SystemScope, kind: string): Promise<ShopId[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT g.shop_id::text AS id FROM store_gift g WHERE g.state = 'refused' AND g.source_kind = ${kind}
      AND g.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM discount_code c WHERE c.shop_id = g.shop_id
        AND c.source_kind = g.source_kind AND c.source_id = g.source_id AND c.purpose = g.purpose) LIMIT 1000`;
  return rows.map(({ id }) => toShopId(id));
}
