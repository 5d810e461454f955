import type { Database, ShopScope } from '#app/infra/database.ts';
import { isUuid, type ShopId } from '#app/shared/ids.ts';
import type { Happening } from './affinity.ts';
import {
  dropOldLogins,
  hasEdges,
  readEdges,
  readPairsOf,
  recountIdentities,
  rejoinEdge,
  splitEdge,
  writeEdges,
} from './identity-store.ts';
import { identityConfidence, type IdentityEdge, isLinked, linkedFrom } from './identity-rules.ts';
import { fetchVisitor } from './store.ts';

export interface Identification {
  readonly visitorId: string;
  readonly customerId: string;
  /** an order that names both, or a storefront page of a logged-in customer */
  readonly by: 'order' | 'login';
  readonly at: Date;
}

/**
 * Notes that a visitor is a customer. Saying it again makes it surer; a pair that was taken apart stays apart until
 * `rejoinIdentity`. Of browsers that a customer was only logged in on the newest are kept, see `dropOldLogins`.
 */
export async function mergeIdentity(
  scope: ShopScope,
  { visitorId, customerId, by, at }: Identification,
): Promise<void> {
  await writeEdges(scope, [{ visitorId, customerId }], { by, at });
  if (by === 'login') await dropOldLogins(scope, customerId);
}

/**
 * Notes what orders say about who their visitors are, where they say both. One that was cancelled says it no more: whoever
 * orders in another's name and takes it back has not made a browser theirs. Nor does one that was given to another customer.
 */
export async function identifyByOrders(scope: ShopScope, orderIds: readonly string[], now: Date): Promise<void> {
  const pairs = (await readPairsOf(scope, orderIds)).filter(({ visitorId }) => isUuid(visitorId));
  await writeEdges(
    scope,
    pairs.filter(({ stands }) => stands),
    { by: 'order', at: now },
  );
  const doubtful = pairs.filter(({ stands, contested }) => !stands || contested).map(({ visitorId }) => visitorId);
  await recountIdentities(scope, [...new Set(doubtful)]);
}

/** Every browser that was ever joined with these customers, split ones left out. */
export async function readVisitorsOfCustomers(scope: ShopScope, customerIds: readonly string[]): Promise<string[]> {
  const edges = await readEdges(scope, { customerIds });
  return [...new Set(edges.filter((edge) => edge.splitAt === null).map((edge) => edge.visitorId))];
}

/** Takes a visitor and a customer apart for good; false where they were not together. `rejoinIdentity` undoes it. */
export async function splitIdentity(
  scope: ShopScope,
  pair: Pick<Identification, 'visitorId' | 'customerId'>,
  now: Date,
): Promise<boolean> {
  return splitEdge(scope, pair.visitorId, pair.customerId, now);
}

export interface IdentityLink extends IdentityEdge {
  /** 0 to 1 */
  readonly confidence: number;
  /** whether it is sure enough to act on */
  readonly counts: boolean;
}

const asLink = (edge: IdentityEdge, all: readonly IdentityEdge[]): IdentityLink => ({
  ...edge,
  confidence: identityConfidence(edge, all),
  counts: isLinked(edge, all),
});

/** Who a visitor may be, surest first. */
export async function readIdentity(scope: ShopScope, visitorId: string): Promise<IdentityLink[]> {
  const edges = await readEdges(scope, { visitorIds: [visitorId] });
  return edges
    .map((edge) => asLink(edge, edges))
    .sort((a, b) => b.confidence - a.confidence || (a.customerId < b.customerId ? -1 : 1));
}

/** Puts a visitor and a customer together again who were taken apart; false where they were not. */
export async function rejoinIdentity(
  scope: ShopScope,
  { visitorId, customerId }: Pick<Identification, 'visitorId' | 'customerId'>,
): Promise<boolean> {
  return rejoinEdge(scope, visitorId, customerId);
}

/** The browsers that may be a customer's, surest first. */
export async function readBrowsersOf(scope: ShopScope, customerId: string): Promise<IdentityLink[]> {
  const own = await readEdges(scope, { customerIds: [customerId] });
  const beside = await readEdges(scope, { visitorIds: own.map((edge) => edge.visitorId) });
  return own
    .map((edge) => asLink(edge, beside))
    .sort((a, b) => b.confidence - a.confidence || (a.visitorId < b.visitorId ? -1 : 1));
}

async function readPersonsVisitors(scope: ShopScope, visitorId: string): Promise<string[]> {
  const own = await readEdges(scope, { visitorIds: [visitorId] });
  const customerIds = linkedFrom(own).map((edge) => edge.customerId);
  if (customerIds.length === 0) return [visitorId];
  const others = await readEdges(scope, { customerIds });
  const beside = await readEdges(scope, { visitorIds: others.map((edge) => edge.visitorId) });
  const linked = linkedFrom(beside).filter((edge) => customerIds.includes(edge.customerId));
  return [...new Set([visitorId, ...linked.map((edge) => edge.visitorId)])].slice(0, mostBrowsers);
}

/** The browsers of the person behind a visitor, that one first; in one round trip where nobody is known. */
export async function findPersonsVisitors(
  db: Pick<Database, 'pool' | 'inShop'>,
  shopId: ShopId,
  visitorId: string,
): Promise<string[]> {
  if (!(await hasEdges(db, shopId, visitorId))) return [visitorId];
  return db.inShop(shopId, (scope) => readPersonsVisitors(scope, visitorId));
}

/** The same, with what the visitor did since `since`, which whoever meets them wants to know next. */
export async function findPerson(
  db: Pick<Database, 'pool' | 'inShop'>,
  shopId: ShopId,
  visitorId: string,
  since: Date,
): Promise<{ readonly visitorIds: readonly string[]; readonly latest: readonly Happening[] }> {
  const { isJoined, latest } = await fetchVisitor(db, shopId, visitorId, since);
  if (!isJoined) return { visitorIds: [visitorId], latest };
  return { visitorIds: await db.inShop(shopId, (scope) => readPersonsVisitors(scope, visitorId)), latest };
}

/** A person of more browsers than this is a device of many people. */
const mostBrowsers = 10;
