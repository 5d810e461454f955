/** A friend's order that counts. */
export interface Brought {
  readonly orderId: string;
  readonly placedAt: Date;
  /** null = ordered without an account */
  readonly friendId: string | null;
  /** null = the advocate was erased */
  readonly advocateId: string | null;
}

/** As whose what friends bring counts. */
export interface BroughtBy {
  /** friends with an account: all that they order */
  readonly customers: readonly { readonly customerId: string; readonly owner: string | null }[];
  /** orders of friends without one */
  readonly orders: readonly { readonly orderId: string; readonly owner: string | null }[];
}

/**
 * Who brought each friend in the end: a friend's friend counts as that of whoever began. Nobody is brought twice, or by a
 * friend of their own, which customers who became one could make it look like: the first order decides.
 */
export function broughtBy(referrals: readonly Brought[]): BroughtBy {
  const inOrder = referrals.toSorted(
    (a, b) => a.placedAt.getTime() - b.placedAt.getTime() || (a.orderId < b.orderId ? -1 : 1),
  );
  const advocateOf = new Map<string, string | null>();
  const rootOf = (id: string | null): string | null => {
    let root = id;
    while (root !== null && advocateOf.has(root)) root = advocateOf.get(root) ?? null;
    return root;
  };
  for (const { friendId, advocateId } of inOrder)
    if (friendId !== null && !advocateOf.has(friendId) && rootOf(advocateId) !== friendId)
      advocateOf.set(friendId, advocateId);
  return {
    customers: [...advocateOf.keys()].map((customerId) => ({ customerId, owner: rootOf(customerId) })),
    orders: inOrder.flatMap(({ orderId, friendId, advocateId }) =>
      friendId === null ? [{ orderId, owner: rootOf(advocateId) }] : [],
    ),
  };
}
