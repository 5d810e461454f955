import type { ShopScope } from '#app/infra/database.ts';

const rulePrefix = 'tier:';

/** Points that a member got for reaching a tier, standing or taken back. */
export interface Entry {
  readonly customerId: string;
  readonly tierId: string;
  readonly version: number;
  /** when the figures were enough */
  readonly at: Date;
  readonly stands: boolean;
}

/** What tells the activity apart that points for reaching a tier are. */
export const entryKey = (customerId: string, tierId: string) => ({
  customerId,
  rule: `${rulePrefix}${tierId}`,
  reference: '',
});

/** What these members got for reaching tiers and can be taken back. */
export async function readEntries(scope: ShopScope, customerIds: readonly string[]): Promise<Entry[]> {
  const rows = await scope.tx.loyaltyActivity.findMany({
    where: { shopId: scope.shopId, customerId: { in: [...customerIds] }, kind: 'tier', sourceId: { not: null } },
    select: { customerId: true, rule: true, version: true, at: true, takenBackAt: true },
    orderBy: [{ customerId: 'asc' }, { rule: 'asc' }],
  });
  return rows.map(({ rule, takenBackAt, ...row }) => ({
    ...row,
    tierId: rule.slice(rulePrefix.length),
    stands: takenBackAt === null,
  }));
}

/** Their figures are enough by what stands now, and by the rules of now. */
export async function renewEntries(
  scope: ShopScope,
  entries: readonly Entry[],
  version: number,
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await scope.tx.loyaltyActivity.updateMany({
    where: { shopId: scope.shopId, OR: entries.map(({ customerId, tierId }) => entryKey(customerId, tierId)) },
    data: { at: now, version },
  });
}
