/** Evidence that a visitor is a customer. */
export interface IdentityEdge {
  readonly visitorId: string;
  readonly customerId: string;
  readonly orders: number;
  readonly logins: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** taken apart; such an edge says nothing */
  readonly splitAt: Date | null;
}

/** An order is worth two logins: it was paid for. */
const evidence = ({ orders, logins, splitAt }: IdentityEdge) =>
  splitAt === null ? orders + 0.5 * Math.min(logins, 10) : 0;

/** From here on a visitor counts as the customer: one login is enough, two strangers on one browser are not. */
export const linkedFromConfidence = 0.3;

/**
 * How sure an edge is, 0 to 1: grows with its evidence and shrinks with what speaks for other customers.
 * @param all edges of the same visitor, this one included
 */
export function identityConfidence(edge: IdentityEdge, all: readonly IdentityEdge[]): number {
  const own = evidence(edge);
  const total = all.filter((one) => one.visitorId === edge.visitorId).reduce((sum, one) => sum + evidence(one), 0);
  return own === 0 ? 0 : (own / total) * (own / (own + 1));
}

/** Those of the edges that are sure enough to act on. `edges` must hold all of each visitor's. */
export function linkedFrom(edges: readonly IdentityEdge[]): IdentityEdge[] {
  return edges.filter((edge) => identityConfidence(edge, edges) >= linkedFromConfidence);
}
