import type { ShopScope } from '#app/infra/database.ts';
import type { SuppressionReason } from './model.ts';
import { optionalTopics, type TopicId } from './topics.ts';

/** What is known of an address when a mail to it is decided on. */
export interface AddressFacts {
  readonly suppressed: boolean;
  readonly chosen: ReadonlyMap<TopicId, boolean>;
  readonly chosenAt: ReadonlyMap<TopicId, Date>;
  /** mails of optional topics that arrived, or may have */
  readonly optionalSentAt: readonly Date[];
}

/** The same for many, in three statements. */
export async function readAddressFacts(
  scope: ShopScope,
  emailHashes: readonly string[],
  since: Date,
): Promise<Map<string, AddressFacts>> {
  const { shopId, tx } = scope;
  const where = { shopId, emailHash: { in: [...emailHashes] } };
  const suppressed = await tx.mailSuppression.findMany({ where, select: { emailHash: true } });
  const chosen = await tx.mailPreference.findMany({ where });
  const sent = await tx.mail.findMany({
    where: {
      ...where,
      topic: { in: optionalTopics },
      state: { in: ['sent', 'unsure'] },
      settledAt: { gte: since },
    },
    select: { emailHash: true, settledAt: true },
  });
  const silent = new Set(suppressed.map((row) => row.emailHash));
  return new Map(
    emailHashes.map((hash) => [
      hash,
      {
        suppressed: silent.has(hash),
        chosen: new Map(
          chosen.filter((row) => row.emailHash === hash).map((row) => [row.topic as TopicId, row.allowed]),
        ),
        chosenAt: new Map(
          chosen.filter((row) => row.emailHash === hash).map((row) => [row.topic as TopicId, row.changedAt]),
        ),
        optionalSentAt: sent.flatMap((row) => (row.emailHash === hash && row.settledAt ? [row.settledAt] : [])),
      },
    ]),
  );
}

/** Keeps what the owner of an address wants of topics. */
export async function savePreferences(
  scope: ShopScope,
  emailHash: string,
  choices: Readonly<Partial<Record<TopicId, boolean>>>,
  now: Date,
): Promise<void> {
  const { shopId } = scope;
  for (const [topic, allowed] of Object.entries(choices))
    await scope.tx.mailPreference.upsert({
      where: { shopId_emailHash_topic: { shopId, emailHash, topic } },
      create: { shopId, emailHash, topic, allowed, changedAt: now },
      update: { allowed, changedAt: now },
    });
}

export interface NewSuppression {
  readonly emailHash: string;
  readonly sealed: string | null;
  readonly reason: SuppressionReason;
  readonly detail: string | null;
}

/** Addresses that get no mail from now on; those that are on the list stay as they are. Returns how many are new. */
export async function suppressAddresses(
  scope: ShopScope,
  addresses: readonly NewSuppression[],
  now: Date,
): Promise<number> {
  const { count } = await scope.tx.mailSuppression.createMany({
    data: addresses.map((one) => ({ shopId: scope.shopId, ...one, createdAt: now })),
    skipDuplicates: true,
  });
  return count;
}

/** Takes an address off the list. */
export async function allowAddress(scope: ShopScope, emailHash: string): Promise<boolean> {
  const { count } = await scope.tx.mailSuppression.deleteMany({ where: { shopId: scope.shopId, emailHash } });
  return count > 0;
}

/** Addresses that get no mail, newest first; `sealed` is null where the person was erased. */
export async function listSuppressions(
  scope: ShopScope,
  ask: { readonly emailHash: string | null; readonly after: { at: Date; hash: string } | null; readonly limit: number },
) {
  const { after } = ask;
  return scope.tx.mailSuppression.findMany({
    where: {
      shopId: scope.shopId,
      ...(ask.emailHash === null ? {} : { emailHash: ask.emailHash }),
      ...(after === null
        ? {}
        : { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, emailHash: { gt: after.hash } }] }),
    },
    omit: { shopId: true },
    orderBy: [{ createdAt: 'desc' }, { emailHash: 'asc' }],
    take: ask.limit,
  });
}
