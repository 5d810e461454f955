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

/** A login is worth half an order, which was paid for. */
export const loginWeight = 0.5;
/** More logins than this say no more. */
export const mostLogins = 10;

const evidence = ({ orders, logins, splitAt }: IdentityEdge) =>
  splitAt === null ? orders + loginWeight * Math.min(logins, mostLogins) : 0;

/** From here on a visitor may count as the customer: one login is enough. */
export const linkedFromConfidence = 0.3;

/**
 * More of a browser's evidence than this must be for the customer. So a browser is one customer's at most, and nobody's
 * where strangers share it evenly, however much each of them does there.
 */
export const linkedFromShare = 0.5;

/**
 * How sure an edge is, 0 to 1: grows with its evidence and shrinks with what speaks for other customers.
 * @param all edges of the same visitor, this one included
 */
export function identityConfidence(edge: IdentityEdge, all: readonly IdentityEdge[]): number {
  const own = evidence(edge);
  return shareOf(edge, all) * (own / (own + 1));
}

/** The part of a browser's evidence that is an edge's, 0 to 1. */
function shareOf(edge: IdentityEdge, all: readonly IdentityEdge[]): number {
  const own = evidence(edge);
  const total = all.filter((one) => one.visitorId === edge.visitorId).reduce((sum, one) => sum + evidence(one), 0);
  return own === 0 ? 0 : own / total;
}

/** Whether an edge is sure enough to act on. `all` must hold all edges of its visitor. */
export function isLinked(edge: IdentityEdge, all: readonly IdentityEdge[]): boolean {
  return shareOf(edge, all) > linkedFromShare && identityConfidence(edge, all) >= linkedFromConfidence;
}

/** Those of the edges that are sure enough to act on. `edges` must hold all of each visitor's. */
export function linkedFrom(edges: readonly IdentityEdge[]): IdentityEdge[] {
  return edges.filter((edge) => isLinked(edge, edges));
}
