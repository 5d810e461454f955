import { bundlesByTitle, creditedBundle, giftsOf, goalsByTitle, titlesIn } from '#app/domains/bundles/index.ts';
import { findOwnCodes } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder, PlatformShipping, ShippingDiscount } from '#app/platforms/platform.ts';

/**
 * Orders with what came off credited to us: each line to the bundle that its discount names, see `creditedBundle`, and
 * shipping to goals and codes of ours.
 */
export async function creditBundles(scope: ShopScope, orders: readonly PlatformOrder[]): Promise<PlatformOrder[]> {
  const offShipping = orders.flatMap(({ shipping }) => shipping?.off ?? []).map(({ by }) => by);
  const words = orders.flatMap(({ lines }) =>
    lines.flatMap(({ discounts = [] }) => discounts.map(({ title }) => title)),
  );
  const titles = offShipping.flatMap((by) => (by !== null && typeof by === 'object' && 'title' in by ? by.title : []));
  const codes = offShipping.flatMap((by) => (by !== null && typeof by === 'object' && 'code' in by ? by.code : []));
  const known = await bundlesByTitle(scope, words);
  const goals = await goalsByTitle(scope, titles);
  const own = await findOwnCodes(scope, codes);
  return orders.map((order) => ({
    ...order,
    ...(order.shipping && {
      shipping: creditedShipping(
        order.shipping,
        goals.filter(({ createdAt }) => createdAt <= order.placedAt),
        own,
      ),
    }),
    lines: order.lines.map((line) => ({
      ...line,
      bundleId: creditedBundle(
        line.bundleId,
        line.productId,
        (line.discounts ?? []).map(({ title }) => title),
        known,
      ),
      ...(line.discounts && { gifts: giftsOf(line.discounts, known) }),
    })),
  }));
}

function creditedShipping(
  shipping: PlatformShipping,
  goals: readonly { readonly id: string; readonly title: string }[],
  own: ReadonlySet<string>,
): PlatformShipping {
  const credited = (one: ShippingDiscount): ShippingDiscount => {
    const { by } = one;
    if (by === null || by === 'ours') return one;
    if ('code' in by) return own.has(by.code.toUpperCase()) ? { ...one, by: 'ours' } : one;
    const named = titlesIn(by.title);
    const of = goals.filter(({ title }) => named.includes(title)).map(({ id }) => id);
    return of.length > 0 ? { ...one, by: 'ours', of } : one;
  };
  return shipping.off ? { ...shipping, off: shipping.off.map(credited) } : shipping;
}
