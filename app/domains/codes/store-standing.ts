import { toArrayLiteral } from '#app/infra/array-literal.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { CodeSource } from './model.ts';

/** What became of the codes of a source, replaced ones included. */
export interface Standing {
  readonly source: CodeSource;
  /** orders that stand and carry one of them: more than one where two were used that stood for each other */
  readonly uses: number;
  /**
   * none of them can be used any more although no order stands that did: the store never gives a use back, the code ended
   * before its use was free again, or it was taken back
   */
  readonly lost: boolean;
}

/** For which things of these kinds the codes were issued that orders carry or carried, by kind. */
export async function findCarried(
  scope: ShopScope,
  orderIds: readonly string[],
  kinds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await scope.tx.$queryRaw<{ kind: string; id: string }[]>`
    SELECT DISTINCT c.source_kind AS kind, c.source_id AS id
    FROM discount_code_use u JOIN discount_code c ON c.shop_id = u.shop_id AND c.id = u.code_id
    WHERE u.shop_id = ${scope.shopId}::uuid AND u.order_id = ANY(${toArrayLiteral(orderIds)}::text[])
      AND c.source_kind = ANY(${toArrayLiteral(kinds)}::text[])`;
  const found = Map.groupBy(rows, ({ kind }) => kind);
  return new Map([...found].map(([kind, some]) => [kind, some.map(({ id }) => id)]));
}

/** What became of the codes of things of a kind, in the order of the sources; what never was in an order is left out. */
export async function readStandings(scope: ShopScope, kind: string, ids: readonly string[]): Promise<Standing[]> {
  const rows = await scope.tx.$queryRaw<{ id: string; purpose: string; uses: number; lost: boolean }[]>`
    WITH told AS MATERIALIZED (
      SELECT c.id, c.source_id, regexp_replace(c.purpose, ' of [^ ]+$', '') AS of, c.purpose, c.state, c.ends_at
      FROM discount_code c WHERE c.shop_id = ${scope.shopId}::uuid AND c.source_kind = ${kind}
        AND c.source_id = ANY(${toArrayLiteral(ids)}::text[])
    ), counted AS MATERIALIZED (
      SELECT t.source_id AS id, t.of AS purpose, count(u.code_id) AS carried,
        count(u.code_id) FILTER (WHERE u.released_at IS NULL)::int AS uses, max(u.released_at) AS released,
        bool_or(t.purpose = t.of AND t.state IN ('used', 'withdrawn')) AS gone,
        min(t.ends_at) FILTER (WHERE t.purpose = t.of AND t.state = 'expired') AS ended
      FROM told t LEFT JOIN discount_code_use u ON u.shop_id = ${scope.shopId}::uuid AND u.code_id = t.id
      GROUP BY 1, 2
    )
    SELECT id, purpose, uses, uses = 0 AND (gone OR coalesce(ended <= released, false)) AS lost
    FROM counted WHERE carried > 0 ORDER BY id, purpose`;
  return rows.map(({ id, purpose, uses, lost }) => ({ source: { kind, id, purpose }, uses, lost }));
}
