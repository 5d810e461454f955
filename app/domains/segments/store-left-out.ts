import { z } from 'zod';
import type { ShopScope } from '#app/infra/database.ts';

const count = z.int().min(0);
const leftOut = z.object({
  guests: z.object({
    /** orders that name neither an account nor a mailbox */
    unnamed: count,
  }),
  /** orders in a currency without a rate: their money counts as nothing */
  unpriced: count,
  /** other currencies that are reckoned by a rate of the programme of points */
  rated: z.array(z.string()),
});

/** What of the year before the shop was divided the groups cannot show. */
export type LeftOut = z.infer<typeof leftOut>;

/** Counting takes seconds where a million buyers have no account: it is done with the division, and kept with it. */
export async function noteLeftOut({ tx, shopId }: ShopScope, counted: LeftOut): Promise<void> {
  await tx.segmentFit.updateMany({ where: { shopId }, data: { leftOut: counted } });
}

/** As of the last division; null = there was none that counted. */
export async function readLeftOut({ tx, shopId }: ShopScope): Promise<LeftOut | null> {
  const fit = await tx.segmentFit.findUnique({ where: { shopId }, select: { leftOut: true } });
  return leftOut.nullable().parse(fit?.leftOut ?? null);
}
