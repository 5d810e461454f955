import { z } from 'zod';
import { orderSurfaces } from '#app/domains/order-offers/index.ts';
import type { Secrets } from '#app/infra/secrets.ts';

const ids = z.array(z.string());

/** What the button of one suggestion stands for. Sealed, so that nobody reads or changes it on the way. */
const ticket = z.object({
  shopId: z.uuid(),
  orderId: z.string(),
  surface: z.enum(orderSurfaces),
  productId: z.string(),
  variantId: z.string(),
  /** what the asker said was bought */
  bought: ids,
  customerId: z.string().nullable(),
  visitorId: z.string().nullable(),
  /** products of the page, which `promised` are variants of */
  offered: ids,
  /** what was promised, basis points: another discount now is another promise */
  discountBps: z.number(),
  /** variants whose price was shown with the discount; empty = none was promised */
  promised: ids,
  /** milliseconds since 1970; after that the page is out of date */
  until: z.number(),
});
export type OfferTicket = z.infer<typeof ticket>;

const context = 'order offer';

export function sealTicket(secrets: Pick<Secrets, 'seal'>, value: OfferTicket): string {
  return secrets.seal(JSON.stringify(value), context);
}

/** The ticket, or null where it is none of ours or out of date. */
export function openTicket(secrets: Pick<Secrets, 'open'>, text: string, now: Date): OfferTicket | null {
  let plain: string;
  try {
    plain = secrets.open(text, context);
  } catch {
    // Not sealed by us, or changed on the way: nothing more can be said of it.
    return null;
  }
  // One that an older release sealed may be written in another way.
  const opened = ticket.safeParse(JSON.parse(plain));
  return opened.success && now.getTime() < opened.data.until ? opened.data : null;
}
