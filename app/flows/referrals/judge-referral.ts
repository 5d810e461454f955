import {
  customerSubject,
  kinshipOf,
  readRelated,
  readShared,
  samePersons,
  subjectOf,
} from '#app/domains/identity/index.ts';
import { countEarlierOrders, type Due, judge, readHistory, type Verdict } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/**
 * Gathers what is known of a friend and an advocate, and judges the referral by the rules of its own terms.
 * @returns the verdict and which friend of the advocate this would be
 */
export async function judgeReferral(
  scope: ShopScope,
  due: Due & { readonly order: NonNullable<Due['order']> },
): Promise<{ verdict: Verdict; friendNo: number }> {
  const { orderId, placedAt, order, customerId, terms } = due;
  const friend = subjectOf({ id: orderId, customerId: order.customerId });
  const advocate = customerId === null ? null : customerSubject(customerId);
  const shared = advocate === null || advocate === friend ? [] : await readShared(scope, friend, advocate);
  const kinship = advocate === friend ? 'same' : kinshipOf(shared);
  // The same person under other records: those count as orders of before, the advocate's own do not make a friend old.
  const selves = [friend, ...samePersons(await readRelated(scope, friend))];
  const idsOf = (prefix: string) =>
    selves.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const earlierOrders = await countEarlierOrders(
    scope,
    { customerIds: idsOf('c:'), orderIds: idsOf('o:') },
    { orderId, placedAt },
  );
  const { friends, ...history } = await readHistory(scope, due.advocateId, orderId, placedAt);
  const facts = {
    ...history,
    kinship,
    shared: advocate === friend ? ['name'] : shared,
    earlierOrders,
    keptMinor: order.keptMinor,
    advocate: customerId === null ? ('gone' as const) : due.stopped ? ('stopped' as const) : ('active' as const),
  };
  return { verdict: judge(facts, terms), friendNo: friends + 1 };
}
