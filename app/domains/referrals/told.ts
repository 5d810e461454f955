import type { Reason, ReasonCode } from './model.ts';
import type { ReferralRow } from './store-review.ts';

/**
 * Why an order counts, waits or brings what it does, as the advocate may know it: it says nothing of who the friend is,
 * and nothing by which somebody who orders from themselves would learn what gave them away.
 */
export const toldCodes = [
  // held
  'checking',
  'not-known',
  'no-rate',
  'code-everywhere',
  'many-friends',
  'given-back-often',
  'maybe-own',
  'household-checked',
  // denied, or nothing that the programme rewards
  'own-order',
  'ordered-before',
  'too-small',
  'link-stopped',
  'store-declined',
  'not-confirmed',
  'test-order',
  'other-programme',
  // cancelled
  'undone',
  'kept-too-little',
  // another reward, or less of it
  'household-reward',
  'store-reward',
  'debt',
] as const;
export type ToldCode = (typeof toldCodes)[number];

export interface Told {
  readonly code: ToldCode;
  /** the smallest order that counted, or what was left of the reward; minor units of the shop's currency */
  readonly minor: number | null;
}

/** Of several reasons the first of the rules' order is told, as it is the weightiest. */
const whyHeld: Partial<Record<ReasonCode, ToldCode>> = {
  currency: 'no-rate',
  unknown: 'not-known',
  published: 'code-everywhere',
  velocity: 'many-friends',
  refunds: 'given-back-often',
  close: 'maybe-own',
  household: 'household-checked',
};
const whyDenied: Partial<Record<ReasonCode, ToldCode>> = {
  stopped: 'link-stopped',
  'no-advocate': 'link-stopped',
  self: 'own-order',
  'existing-customer': 'ordered-before',
  'below-minimum': 'too-small',
};

const first = (reasons: readonly Reason[], codes: Partial<Record<ReasonCode, ToldCode>>): ToldCode | null =>
  reasons.map(({ code }) => codes[code]).find((code) => code !== undefined) ?? null;

const tell = (code: ToldCode, minor: number | null = null): Told => ({ code, minor });

/** What a reward is told by; a row of the store has more. */
export type Tellable = Pick<ReferralRow, 'state' | 'verdict' | 'overruled' | 'terms' | 'posted' | 'test' | 'undone'>;

/**
 * @param givenMinor what was handed out of a reward in money; null = nothing yet, or no money
 * @returns null where nothing is to be said: the order counts and brings what the programme promises
 */
export function tellAdvocate(row: Tellable, givenMinor: number | null): Told | null {
  const { state, verdict, overruled, terms } = row;
  const reasons = verdict?.reasons ?? [];
  switch (state) {
    case 'new':
      return null;
    case 'held':
      // What the merchant has put aside waits for the merchant, whatever the rules said.
      return tell((overruled === null ? first(reasons, whyHeld) : null) ?? 'checking');
    case 'cancelled':
      return row.undone || terms.minOrderMinor === 0 ? tell('undone') : tell('kept-too-little', terms.minOrderMinor);
    case 'denied':
    case 'ineligible':
      return whyNot(row);
    case 'pending':
    case 'rewarded':
      return whyLess(row, givenMinor);
  }
}

function whyNot({ state, verdict, overruled, terms, test }: Tellable): Told {
  if (test) return tell('test-order');
  if (overruled === 'deny') return tell('store-declined');
  const code = verdict?.decision === 'deny' ? first(verdict.reasons, whyDenied) : null;
  if (code !== null) return tell(code, code === 'too-small' ? terms.minOrderMinor : null);
  return tell(state === 'denied' ? 'not-confirmed' : 'other-programme');
}

function whyLess({ verdict, overruled, posted }: Tellable, givenMinor: number | null): Told | null {
  if (posted && givenMinor !== null && 'minor' in posted.reward && givenMinor < posted.reward.minor)
    return tell('debt', givenMinor);
  if (overruled !== null) return overruled === 'credit' ? tell('store-reward') : null;
  return verdict?.decision === 'credit' ? tell('household-reward') : null;
}
