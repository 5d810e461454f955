import type { PlatformOrder } from '#app/platforms/platform.ts';

export interface OrderFacts {
  readonly id: string;
  readonly updatedAt?: string;
  readonly total?: string;
  readonly currency?: string;
  readonly name?: string;
  readonly title?: string;
  readonly cancelledAt?: string | null;
  readonly customerId?: string | null;
  readonly lines?: readonly LineFacts[];
  /** further members of the payload, or other values for those above */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface LineFacts {
  readonly id: string;
  readonly productId?: string | null;
  readonly quantity?: number;
  readonly price?: string;
  readonly title?: string;
}

/** Marks an id that `payloadText` writes as a bare number with every digit, as Shopify does. */
const bare = (digits: string) => `bare-number:${digits}`;

/** The text of an orders/* payload. Ids are numbers there, however large. */
export function orderPayloadText(facts: OrderFacts): string {
  const at = facts.updatedAt ?? '2026-05-01T10:00:00Z';
  const total = facts.total ?? '12.50';
  const lines = facts.lines ?? [{ id: '9007199254740995', productId: '9007199254740997' }];
  const payload = {
    id: bare(facts.id),
    name: facts.name ?? '#1001',
    created_at: '2026-05-01T10:00:00Z',
    processed_at: '2026-05-01T10:00:00Z',
    updated_at: at,
    cancelled_at: facts.cancelledAt ?? null,
    currency: facts.currency ?? 'EUR',
    total_price: total,
    total_discounts: '0.00',
    customer: facts.customerId ? { id: bare(facts.customerId) } : null,
    note_attributes: [],
    refunds: [],
    line_items: lines.map((line) => ({
      id: bare(line.id),
      product_id: line.productId ? bare(line.productId) : null,
      variant_id: null,
      title: line.title ?? facts.title ?? 'Vase',
      quantity: line.quantity ?? 1,
      price: line.price ?? total,
      properties: [],
    })),
    ...facts.extra,
  };
  return JSON.stringify(payload).replaceAll(/"bare-number:(\d+)"/g, '$1');
}

/** An order as an adapter would hand it over. */
export function platformOrder(values: Partial<PlatformOrder> = {}): PlatformOrder {
  return {
    id: '1',
    name: '#1',
    customerId: null,
    placedAt: new Date('2026-01-01'),
    updatedAt: new Date('2026-01-01'),
    cancelledAt: null,
    currency: 'USD',
    subtotalMinor: 100,
    discountMinor: 0,
    totalMinor: 100,
    refundedMinor: 0,
    visitorId: null,
    test: false,
    lines: [],
    ...values,
  };
}
