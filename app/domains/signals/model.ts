import { z } from 'zod';
import { isUuid, type ShopId, type VisitorId } from '#app/shared/ids.ts';

export const MAX_EVENTS = 100;

export const signalKinds = [
  'view',
  'search',
  'cart-add',
  'cart-remove',
  'checkout',
  'purchase',
  'impression',
  'click',
] as const;
export type SignalKind = (typeof signalKinds)[number];

const uuid = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(isUuid, 'must be a UUID');
// PostgreSQL's text cannot hold NUL.
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !value.includes('\0'), 'must not contain NUL');

/** What a storefront sends. The events are checked one by one, so that a bad one does not cost the others. */
export const signalEnvelope = z.object({
  shopId: uuid.transform((value) => value as ShopId),
  visitorId: uuid.transform((value) => value as VisitorId),
  events: z.array(z.unknown()).max(MAX_EVENTS),
});
export type SignalEnvelope = z.infer<typeof signalEnvelope>;

export const signalEvent = z.object({
  /** made by the storefront, so that an event sent twice is stored once */
  id: uuid,
  kind: z.enum(signalKinds),
  productId: z
    .string()
    .regex(/^\d{1,20}$/, 'must be a product id')
    .nullish(),
  query: text(200).nullish(),
  quantity: z.number().int().min(1).max(10_000).nullish(),
  surface: text(40).nullish(),
  /** views, sent when the page is left: how long it was in sight, milliseconds; the view itself was sent before */
  dwellMs: z.number().int().min(0).max(3_600_000).nullish(),
  at: z.iso.datetime({ offset: true }).transform((value) => new Date(value)),
});

export interface Signal {
  readonly shopId: ShopId;
  readonly id: string;
  readonly visitorId: VisitorId;
  readonly kind: SignalKind;
  readonly productId: string | null;
  readonly query: string | null;
  readonly quantity: number | null;
  readonly surface: string | null;
  readonly dwellMs: number | null;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  /** of one of more visitors than an address has: it exposes, and is not kept */
  readonly crowd?: true;
}

/** What interest is made of. */
export type Doing = Pick<Signal, 'id' | 'kind' | 'productId' | 'query' | 'dwellMs' | 'occurredAt'>;

/** Why an event was left out, by its place in the request. */
export interface RejectedEvent {
  readonly index: number;
  readonly reason: string;
}
