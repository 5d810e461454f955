import { explainClaim, readTouches, winnerOf } from '#app/domains/attribution/index.ts';
import {
  type Decision,
  readSteps,
  type ReferralRow,
  type Reward,
  sayReason,
  type State,
} from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';

/** A referral in words. */
export interface ShownReferral {
  readonly orderId: string;
  readonly orderName: string;
  readonly advocateId: string;
  readonly how: string;
  readonly placedAt: string;
  readonly dueAt: string;
  readonly totalMinor: number;
  readonly state: State;
  readonly friendNo: number | null;
  readonly reward: Reward | null;
  /** the rules' */
  readonly decision: Decision | null;
  readonly overruled: Decision | null;
  readonly reasons: readonly string[];
  readonly appeal: string | null;
  readonly steps: readonly { readonly at: string; readonly state: State; readonly note: string }[];
}

/** Writes out why each referral is what it is, and who is paid for an order that several brought. */
export async function showReferrals(
  scope: ShopScope,
  rows: readonly ReferralRow[],
  currency: string,
): Promise<ShownReferral[]> {
  const ids = rows.map(({ orderId }) => orderId);
  const steps = Map.groupBy(await readSteps(scope, ids), ({ orderId }) => orderId);
  const touches = Map.groupBy(await readTouches(scope, ids), ({ orderId }) => orderId);
  const money = (minor: number) => `${formatDecimal(minor, currency)} ${currency}`;
  return rows.map(({ verdict, posted, appealedAt: _at, terms: _terms, test: _test, undone: _undone, ...row }) => {
    const led = touches.get(row.orderId) ?? [];
    const winner = winnerOf(led);
    const several = new Set(led.map(({ programme, ownerId }) => `${programme} ${ownerId}`)).size > 1;
    return {
      ...row,
      placedAt: row.placedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      reward: posted?.reward ?? null,
      decision: verdict?.decision ?? null,
      reasons: [
        ...(verdict?.reasons ?? []).map((reason) => sayReason(reason, money)),
        ...(winner && several ? [explainClaim(winner, led)] : []),
      ],
      steps: (steps.get(row.orderId) ?? []).map(({ at, state, note }) => ({
        at: at.toISOString(),
        state: state as State,
        note,
      })),
    };
  });
}
