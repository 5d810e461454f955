import { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Codes of a kind that the store has made and their customers may use now: a statement for those of other stores. */
export const openCodesOf = (shopId: ShopId, kind: string): Prisma.Sql => Prisma.sql`
  SELECT customer_id, code FROM discount_code
  WHERE shop_id = ${shopId}::uuid AND source_kind = ${kind} AND state = 'open' AND customer_id IS NOT NULL`;

/** The same where nobody asks. */
export const noCodes: Prisma.Sql = Prisma.sql`SELECT NULL::text AS customer_id, NULL::text AS code WHERE false`;
