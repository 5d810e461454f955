import type { ShopScope } from '#app/infra/database.ts';

/** What an owner loses at one moment unless it is used before. */
export interface Expiring {
  readonly ownerId: string;
  readonly amount: number;
  readonly expiresAt: Date;
}

/**
 * What owners of a kind can use now and lose between two moments, by owner.
 * @param span.from is no longer in it, `span.to` is
 */
export async function readExpiring(
  scope: ShopScope,
  { ownerKind, unit }: { readonly ownerKind: string; readonly unit: string },
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<Expiring[]> {
  return scope.tx.$queryRaw<Expiring[]>`
    SELECT a.owner_id AS "ownerId", sum(l.available)::float8 AS amount, l.expires_at AS "expiresAt"
    FROM ledger_lot l JOIN ledger_account a ON a.shop_id = l.shop_id AND a.id = l.account_id
    WHERE l.shop_id = ${scope.shopId}::uuid AND l.available > 0 AND l.expires_at > ${from} AND l.expires_at <= ${to}
      AND a.owner_kind = ${ownerKind} AND a.unit = ${unit}
    GROUP BY 1, 3 ORDER BY 1, 3`;
}
