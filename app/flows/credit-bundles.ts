import { bundlesByTitle, creditedBundle, goalsByTitle, titlesIn } from '#app/domains/bundles/index.ts';
import { findOwnCodes } from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformOrder, PlatformShipping, ShippingDiscount } from '#app/platforms/platform.ts';

/**
 * Orders with what came off credited to us: each line to the bundle that its discount names, see `creditedBundle`, and
 * shipping to goals and codes of ours.
 */
export async function creditBundles(scope: ShopScope, orders: readonly PlatformOrder[]): Promise<PlatformOrder[]> {
  const offShipping = orders.flatMap(({ shipping }) => shipping?.off ?? []).map(({ by }) => by);
  const words = orders.flatMap(({ lines }) => lines.flatMap(({ discounts = [] }) => discounts));
  const titles = offShipping.flatMap((by) => (by !== null && typeof by === 'object' && 'title' in by ? by.title : []));
  const codes = offShipping.flatMap((by) => (by !== null && typeof by === 'object' && 'code' in by ? by.code : []));
  const known = await bundlesByTitle(scope, words);
  const goals = await goalsByTitle(scope, titles);
  const own = await findOwnCodes(scope, codes);
  if (known.length === 0 && goals.length === 0 && own.size === 0) return [...orders];
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
      bundleId: creditedBundle(line.bundleId, line.productId, line.discounts ?? [], known),
    })),
  }));
}

function creditedShipping(
  shipping: PlatformShipping,
  goals: readonly { readonly title: string }[],
  own: ReadonlySet<string>,
): PlatformShipping {
  const isOurs = ({ by }: ShippingDiscount): boolean => {
    if (by === null || by === 'ours') return by === 'ours';
    if ('code' in by) return own.has(by.code.toUpperCase());
    const named = titlesIn(by.title);
    return goals.some(({ title }) => named.includes(title));
  };
  if (!shipping.off) return shipping;
  return { ...shipping, off: shipping.off.map((one) => (isOurs(one) ? { ...one, by: 'ours' } : one)) };
}
