import { randomBytes } from 'node:crypto';
import { readStandings, renewCode, type Standing } from '#app/domains/codes/index.ts';
import { addSteps, type Due, takeDue } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { rewardCodes, spendCode } from './post-reward.ts';

/**
 * Brings the codes that advocates were rewarded with in line with the advocates' orders. A code that was used after the
 * reward was taken back is owed, until its order is cancelled; one that a store does not give back for a cancelled order is
 * replaced. The same again changes nothing.
 * @param friendsOrders what the rewards were for
 */
export async function followReferralCodes(
  scope: ShopScope,
  friendsOrders: readonly string[],
  now: Date,
): Promise<void> {
  for (const orderId of friendsOrders.toSorted()) {
    const [due] = await takeDue(scope, now, 1, orderId);
    // Of who was erased nothing is asked.
    if (!due || due.customerId === null) continue;
    for (const standing of await readStandings(scope, rewardCodes, [orderId])) await follow(scope, due, standing, now);
  }
}

async function follow(
  scope: ShopScope,
  { orderId, state, posted }: Due,
  { source, uses, lost }: Standing,
  now: Date,
): Promise<void> {
  const round = Number(source.purpose);
  const stands = posted?.handedOut === true && posted.round === round;
  if (stands && lost) await renewCode(scope, source, { now, random: randomBytes });
  const moved = await spendCode(scope, { orderId, round }, stands ? Math.max(1, uses) : uses, now);
  if (moved === 0) return;
  const note =
    moved > 0
      ? 'A code of the reward was used although another one was, or the reward had been taken back: it is owed.'
      : 'The order that used the code of the reward does not stand any more: nothing is owed for it.';
  await addSteps(scope, [{ orderId, by: 'order', state, note }], now);
}
