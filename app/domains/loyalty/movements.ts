/** An earning in the ledger and what is left of it; `step` is in its source. */
export interface OrderGrant {
  readonly step: number;
  readonly left: number;
}

/** What an order has given so far. */
export interface GrantState {
  /** '' = nobody yet */
  readonly customerId: string;
  readonly grants: readonly OrderGrant[];
  /** movements so far */
  readonly steps: number;
}

export type Movement =
  | { readonly what: 'earn'; readonly customerId: string; readonly step: number; readonly points: number }
  | {
      readonly what: 'take-back';
      readonly customerId: string;
      readonly step: number;
      /** the earning that it takes back from */
      readonly of: number;
      readonly points: number;
    };

export const noGrants: GrantState = { customerId: '', grants: [], steps: 0 };

/**
 * What the ledger has to do so that the order has given `points` to the customer, no more and no less. What is taken
 * back comes from the newest earning first; who gets the points of somebody else gets them anew.
 */
export function movementsTo(
  state: GrantState,
  target: { readonly customerId: string; readonly points: number },
): { readonly movements: readonly Movement[]; readonly after: GrantState } {
  const movements: Movement[] = [];
  let { steps } = state;
  const grants = [...state.grants];
  const moved = state.customerId !== target.customerId;
  const given = grants.reduce((sum, { left }) => sum + left, 0);
  let tooMuch = moved ? given : Math.max(0, given - target.points);
  for (let at = grants.length - 1; at >= 0 && tooMuch > 0; at -= 1) {
    const grant = grants[at];
    if (!grant || grant.left === 0) continue;
    const points = Math.min(grant.left, tooMuch);
    steps += 1;
    movements.push({ what: 'take-back', customerId: state.customerId, step: steps, of: grant.step, points });
    grants[at] = { ...grant, left: grant.left - points };
    tooMuch -= points;
  }
  const missing = target.points - (moved ? 0 : Math.min(given, target.points));
  if (missing > 0) {
    steps += 1;
    movements.push({ what: 'earn', customerId: target.customerId, step: steps, points: missing });
    grants.push({ step: steps, left: missing });
  }
  const open = grants.filter(({ left }) => left > 0);
  return { movements, after: { customerId: target.customerId, grants: open, steps } };
}
