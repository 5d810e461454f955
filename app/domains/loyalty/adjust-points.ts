import { earn, spend } from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { z } from 'zod';
import { lotTimes } from './lot-times.ts';
import { pointsOf, versionAt } from './model.ts';
import { readRules } from './store.ts';
import { addAdjustment } from './store-adjustments.ts';
import { addMembers, findMember, lockMembers } from './store-members.ts';
import { moveTiers } from './tiers/move-tiers.ts';

/** Points given (above zero) or taken by the merchant, with the reason in their own words. */
export const adjustment = z.object({
  /** UUID made by the page: the same again is not done twice */
  id: z.uuid(),
  customerId: z.string().min(1).max(64),
  points: z
    .number()
    .int()
    .min(-10_000_000)
    .max(10_000_000)
    .refine((points) => points !== 0, 'Enter how many points'),
  reason: z.string().trim().min(1, 'Say why').max(200),
});

/**
 * Gives or takes points by hand; who is given some is a member from then on. More than the member has cannot be taken.
 * @param by who does it, kept with the reason
 */
export async function adjustPoints(
  scope: ShopScope,
  { id, customerId, points, reason }: z.infer<typeof adjustment>,
  now: Date,
  by = '',
): Promise<Result<{ readonly repeated: boolean }, 'no-programme' | 'insufficient' | 'conflict'>> {
  const rules = await readRules(scope);
  const version = rules && (versionAt(rules.versions, now) ?? rules.versions.at(-1));
  if (!version) return fail('no-programme', 'Switch the programme on first');
  // Who has nothing that could be taken does not become a member by it.
  if (points < 0 && !(await findMember(scope, customerId)))
    return fail('insufficient', 'The customer has no points that can be taken');
  await addMembers(scope, [{ customerId, joinedAt: now, source: 'merchant' }]);
  // Before the ledger's account, as everybody does.
  const members = await lockMembers(scope, [customerId]);
  const command = {
    account: pointsOf(customerId),
    amount: Math.abs(points),
    source: { kind: 'adjustment', id, purpose: '' },
    at: now,
    against: 'adjusted' as const,
  };
  const outcome =
    points > 0
      ? await earn(scope, { ...command, ...lotTimes(now, version.settings, false, rules.timeZone) })
      : await spend(scope, command);
  if (outcome.code === 'insufficient')
    return fail('insufficient', `The member has ${String(Math.max(0, outcome.available))} points that can be taken`);
  if (outcome.code === 'conflict')
    return fail('conflict', 'Something else was saved under this name. Load the page again.');
  if (outcome.code === 'posted')
    await addAdjustment(scope, { id, customerId, points, source: 'manual', reason, by }, now);
  // Who is new begins in the lowest tier.
  await moveTiers(scope, members, rules, now);
  return ok({ repeated: outcome.code === 'already' });
}
