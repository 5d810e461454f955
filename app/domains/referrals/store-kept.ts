import { Prisma } from '#app/generated/prisma/client.ts';
import { keptGoodsMinor } from '#app/shared/kept-goods.ts';

/** What columns of `goodsOf` say of an order. */
export interface KeptRow {
  readonly whole: bigint;
  readonly left: bigint;
  readonly total: bigint;
  readonly refunded: bigint;
  readonly goodwill: bigint | null;
}

/**
 * Goods of the order `o` after discounts as `g.whole`, and of those the units that did not come back as `g.left`, rounded
 * down by line as `leftOfLine` does. An order without lines has what it says of itself.
 */
export const goodsOf = Prisma.sql`LATERAL (
  SELECT coalesce(sum(l.net), max(s.goods))::bigint AS whole, coalesce(sum(l.left), max(s.goods))::bigint AS "left"
  FROM (SELECT greatest(0, least(o.subtotal_minor - o.discount_minor, o.total_minor)) AS goods) s
  LEFT JOIN (
    SELECT net, CASE WHEN quantity > 0 THEN div(net * greatest(0, quantity - refunded_quantity), quantity) ELSE 0 END AS "left"
    FROM (
      SELECT quantity, refunded_quantity, greatest(0, quantity * unit_price_minor - discount_minor)::numeric AS net
      FROM order_line WHERE shop_id = o.shop_id AND order_id = o.id
    ) line
  ) l ON true
) g`;

/** Goods that the customer keeps, minor units, as loyalty counts them for points. */
export const keptOf = ({ whole, left, total, refunded, goodwill }: KeptRow): number =>
  keptGoodsMinor(
    { wholeMinor: Number(whole), leftMinor: Number(left) },
    {
      totalMinor: Number(total),
      refundedMinor: Number(refunded),
      goodwillMinor: goodwill === null ? null : Number(goodwill),
    },
  );
