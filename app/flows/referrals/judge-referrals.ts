import {
  customerSubject,
  keysOfCustomer,
  kinshipOf,
  noteKeys,
  readKnown,
  readRelated,
  readShared,
  samePersons,
  type Subject,
  subjectOf,
} from '#app/domains/identity/index.ts';
import { readContacts } from '#app/domains/notifications/index.ts';
import {
  countEarlierOrders,
  type Due,
  type Facts,
  judge,
  readHistories,
  type Verdict,
} from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Secrets } from '#app/infra/secrets.ts';

export interface Judgement {
  readonly verdict: Verdict;
  /** which friend of the advocate this is; stays, once it is counted */
  readonly friendNo: number;
}

type Judged = Due & { readonly order: NonNullable<Due['order']> };

/**
 * Gathers what is known of friends and their advocates, and judges each referral by the rules of its own terms: seven
 * statements for however many.
 * @param all of different advocates: whoever of one comes first counts for the next
 * @returns by their orders
 */
export async function judgeReferrals(
  secrets: Secrets,
  scope: ShopScope,
  all: readonly Judged[],
): Promise<Map<string, Judgement>> {
  if (all.length === 0) return new Map();
  const people = all.map((due) => ({
    due,
    friend: subjectOf({ id: due.orderId, customerId: due.order.customerId }),
    advocate: due.customerId === null ? null : customerSubject(due.customerId),
  }));
  await noteAccounts(
    secrets,
    scope,
    all.flatMap(({ customerId }) => customerId ?? []),
  );
  const known = await readKnown(
    scope,
    people.flatMap(({ advocate }) => advocate ?? []),
  );
  const pairs = people.flatMap(({ friend, advocate }): (readonly [Subject, Subject])[] =>
    advocate === null || advocate === friend ? [] : [[friend, advocate]],
  );
  const shared = await readShared(scope, pairs);
  const sharedOf = new Map(pairs.map(([friend, advocate], at) => [`${friend} ${advocate}`, shared[at] ?? []]));
  const related = await readRelated(
    scope,
    people.map(({ friend }) => friend),
  );
  const earlier = await countEarlierOrders(
    scope,
    people.map(({ due: { orderId, placedAt }, friend }) => {
      // The same person under other records: those count as orders of before, the advocate's own do not make a friend old.
      const selves = [friend, ...samePersons(related.get(friend) ?? [])];
      const idsOf = (prefix: string) =>
        selves.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
      return { customerIds: idsOf('c:'), orderIds: idsOf('o:'), orderId, placedAt };
    }),
  );
  const histories = await readHistories(scope, all);
  return new Map(
    people.map(({ due, friend, advocate }, at) => {
      const history = histories[at];
      const earlierOrders = earlier[at];
      if (history === undefined || earlierOrders === undefined) throw new Error('an aggregate without a row');
      const { friends, ...rest } = history;
      const same = advocate === friend;
      const kinds = sharedOf.get(`${friend} ${advocate ?? ''}`) ?? [];
      const facts = {
        ...rest,
        kinship: same ? ('same' as const) : kinshipOf(kinds),
        shared: same ? (['name'] as const) : kinds,
        earlierOrders,
        keptMinor: due.order.keptMinor,
        currency: due.order.currency,
        advocate: standingOf(due, advocate !== null && known.has(advocate)),
      };
      return [due.orderId, { verdict: judge(facts, due.terms), friendNo: due.friendNo ?? friends + 1 }];
    }),
  );
}

function standingOf({ customerId, stopped }: Judged, known: boolean): Facts['advocate'] {
  if (customerId === null) return 'gone';
  return stopped ? 'stopped' : known ? 'active' : 'unknown';
}

/**
 * Advocates whose accounts came in before what they say was noted, and who may never have ordered. Their referrals are
 * locked, so that an erasure waits, and forgets this too.
 */
async function noteAccounts(secrets: Secrets, scope: ShopScope, customerIds: readonly string[]): Promise<void> {
  const contacts = await readContacts(scope, secrets, { customerIds: [...new Set(customerIds)] });
  await noteKeys(
    scope,
    contacts.map(({ customerId, address }) => keysOfCustomer(secrets, { id: customerId, email: address })),
  );
}

/** Whether a referral is still to be judged, and can be. */
export const isUnjudged = (due: Due): due is Judged =>
  due.order !== null && (due.verdict === null || due.friendNo === null);
