import { evidenceSchema } from '#app/domains/bundle-ideas/index.ts';

/** What 400 orders say of a set of these products: half of those with any hold all. */
export function ideaEvidence(productIds: readonly string[]) {
  return evidenceSchema.parse({
    parts: productIds.map((productId) => ({ productId, quantity: 1 })),
    pickCount: 0,
    orders: 400,
    support: 40,
    chances: 100,
    buyers: 38,
    attach: { value: 0.4, low: 0.28, high: 0.53 },
    given: { productId: productIds[0] ?? '', orders: 60, confidence: { value: 0.66, low: 0.5, high: 0.8 } },
    lift: { value: 3, low: 2 },
    recent: { days: 90, support: 20, chances: 50 },
    before: { support: 20, chances: 50 },
    trend: 'steady',
    monthlyChances: 16,
    bundlesPerOrder: 1,
    partUnits: 1,
    sales: productIds.map((productId) => ({ productId, orders: 70, dailyUnits: 0.5 })),
  });
}
