import { randomUUID } from 'node:crypto';
import type { ShopId } from '#app/shared/ids.ts';
import type { Laboratory } from './laboratory.ts';

/** A quantity break, a set and goals. */
export const [tested, other, goals] = [randomUUID(), randomUUID(), randomUUID()];
/** What an order notes of a line (null = shipping): so much was taken off by these. */
export const off = (line: string | null, minor: number, ...of: string[]) => ({ line, minor, of });

/** A shop that has them, and a code of ours. */
export async function shopWithOffers(lab: Laboratory): Promise<ShopId> {
  const shopId = await lab.shopWithCosts();
  await lab.inShop(shopId, async ({ tx }) => {
    for (const [id, kind] of [
      [tested, 'quantity-breaks'],
      [other, 'fixed'],
      [goals, 'cart-goals'],
    ] as const)
      await tx.bundle.create({
        data: {
          shopId,
          id,
          kind,
          title: kind,
          status: 'active',
          discountType: 'percentage',
          discountValue: 1,
        },
      });
    const code = { sourceKind: 'loyalty-tier', sourceId: '1', purpose: '', title: 'Gold', offer: 'x', state: 'open' };
    const moments = { startsAt: new Date(0), issuedAt: new Date(0) };
    await tx.discountCode.create({ data: { shopId, code: 'OURS-1', terms: { type: 'amount' }, ...code, ...moments } });
  });
  return shopId;
}

/** A test whose second version hides something. */
export const hiding = (subject: object) => ({
  subject,
  arms: [
    { key: 'a', share: 5_000, change: {} },
    { key: 'b', share: 5_000, change: { hide: true } },
  ],
});
export const ofTested = hiding({ type: 'bundle', id: tested });
