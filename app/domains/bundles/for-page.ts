import type { ItemRole } from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';

/** Items that a product's page is told of one offer. */
export const mostItems = 50;
/** Of those, what the shopper gets for it. */
const mostRewards = 12;

const isReward = ({ role }: { readonly role?: ItemRole | undefined }): boolean => role === 'get' || role === 'gift';

/**
 * The offer as one product's page shows it. Of very many items it holds that of the page, what the shopper gets, and
 * then the first others; `more` says how many to choose from that leaves out. Null on the page of a product that
 * others earn: there it is not bought, so there is nothing to show.
 */
export function forPage(publication: BundlePublication, productId: string): BundlePublication | null {
  const { items } = publication;
  const own = items.filter((item) => item.productId === productId && !isReward(item));
  if (own.length === 0) return null;
  const rewards = items.filter(isReward);
  const others = items.filter((item) => item.productId !== productId && !isReward(item));
  if (items.length <= mostItems && rewards.length <= mostRewards) return publication;
  const kept = [...own, ...rewards.slice(0, mostRewards), ...others].slice(0, mostItems);
  const more = rewards.length > 0 ? rewards.length - mostRewards : items.length - kept.length;
  return { ...publication, items: kept, ...(more > 0 && { more }) };
}
