import type { Prisma } from '#app/generated/prisma/client.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Group, ScoredGuest, Scores } from './model.ts';
import { mailboxesAt } from './store-mailboxes.ts';

type Row = Omit<Prisma.GuestScoreGetPayload<object>, 'shopId' | 'mailbox' | 'scoredAt' | 'sure'>;

export function toScores({ spentMinor, recency, frequency, money, group, ...rest }: Row): Scores {
  return {
    ...rest,
    spentMinor: Number(spentMinor),
    recency: recency as Scores['recency'],
    frequency: frequency as Scores['frequency'],
    money: money as Scores['money'],
    group: group as Group,
  };
}

const unread = { shopId: true, scoredAt: true, sure: true } as const;

/**
 * Buyers without an account of a group, or all of them, by mailbox.
 * @param after the last mailbox of the page before; '' = from the beginning
 */
export async function readGuests(
  { shopId, tx }: ShopScope,
  group: Group | null,
  after: string,
  limit: number,
): Promise<ScoredGuest[]> {
  const rows = await tx.guestScore.findMany({
    where: { shopId, mailbox: { gt: after }, ...(group === null ? {} : { group }) },
    omit: unread,
    orderBy: { mailbox: 'asc' },
    take: limit,
  });
  return rows.map(({ mailbox, ...row }) => ({ mailbox, ...toScores(row) }));
}

/** How many buyers of a group have no account. */
export const countGuestsIn = ({ shopId, tx }: ShopScope, group: Group): Promise<number> =>
  tx.guestScore.count({ where: { shopId, group } });

/** Keys of the mailboxes that these orders name, where they name no account. */
export async function readMailboxesOf(scope: ShopScope, orderIds: readonly string[]): Promise<string[]> {
  const rows = await scope.tx.$queryRaw<{ mailbox: string }[]>`
    SELECT DISTINCT mailbox FROM (${mailboxesAt(scope.shopId, orderIds)}) o ORDER BY 1`;
  return rows.map(({ mailbox }) => mailbox);
}

/** What is kept of who orders with these mailboxes and has no account. The mailbox's key says nothing to anybody. */
export async function readGuestScoresOf({ shopId, tx }: ShopScope, mailboxes: readonly string[]): Promise<Scores[]> {
  const rows = await tx.guestScore.findMany({
    where: { shopId, mailbox: { in: [...mailboxes] } },
    omit: { ...unread, mailbox: true },
    orderBy: { mailbox: 'asc' },
  });
  return rows.map(toScores);
}

/** Forgets of which groups they were. */
export async function forgetGuests({ shopId, tx }: ShopScope, mailboxes: readonly string[]): Promise<void> {
  await tx.guestScore.deleteMany({ where: { shopId, mailbox: { in: [...mailboxes] } } });
}
