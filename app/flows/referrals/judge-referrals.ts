import {
  customerSubject,
  type KeyKind,
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
  const related = await readRelated(
    scope,
    people.flatMap(({ friend, advocate }) => (advocate === null ? [friend] : [friend, advocate])),
  );
  // Everybody under all their records: an advocate may have ordered as a guest, or have another account.
  const selvesOf = (one: Subject): Subject[] => [one, ...samePersons(related.get(one) ?? [])];
  const common = await readCommon(
    scope,
    people.map(({ friend, advocate }) => ({
      friend,
      selves:
        advocate === null
          ? []
          : [
              { subject: advocate, certain: true },
              ...(related.get(advocate) ?? [])
                .filter(({ shared }) => kinshipOf(shared) === 'same')
                .map(({ subject, shared }) => ({ subject, certain: shared.includes('email') })),
            ],
    })),
  );
  const earlier = await countEarlierOrders(
    scope,
    people.map(({ due: { orderId, placedAt }, friend }) => {
      // What they ordered under other records counts as orders of before, the advocate's own do not make a friend old.
      const selves = selvesOf(friend);
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
      const kinds = common[at] ?? [];
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

/**
 * What each friend has in common with any record of their advocate, in their order; one statement. Records that are taken
 * for the advocate's by less than the mailbox may be somebody's who sent them a gift, and others, too: whose name such a
 * record bears is not told by it.
 */
async function readCommon(
  scope: ShopScope,
  people: readonly {
    readonly friend: Subject;
    readonly selves: readonly { readonly subject: Subject; readonly certain: boolean }[];
  }[],
): Promise<KeyKind[][]> {
  const pairs = people.flatMap(({ friend, selves }, at) =>
    selves
      .filter(({ subject }) => subject !== friend)
      .map(({ subject, certain }) => ({ at, certain, pair: [friend, subject] as const })),
  );
  const shared = await readShared(
    scope,
    pairs.map(({ pair }) => pair),
  );
  const common = people.map(() => new Set<KeyKind>());
  for (const [index, { at, certain }] of pairs.entries())
    for (const kind of shared[index] ?? []) if (certain || kind !== 'name') common[at]?.add(kind);
  return common.map((kinds) => [...kinds]);
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
