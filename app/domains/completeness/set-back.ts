/** Times, by the platform's clock, of versions that it may have written before that clock was set back. */
export interface SetBack {
  readonly from: Date;
  readonly until: Date;
}

/** An answer is dated in whole seconds, and is on its way for some. */
const slackMs = 30_000;
/** Clocks that differ by less than a minute are taken for the same. */
const unsureMs = 60_000;

/**
 * Whether the time of a version that we hold says nothing about what the platform shows now: it lies later than the
 * platform's present clock, or comes from before that clock was set back.
 * @param platformNow what the platform's clock says while we are about to write, not while it was asked: what others
 * have written meanwhile is no later than that
 */
export function isOfAnotherClock(heldAt: Date, platformNow: Date, setBack: SetBack | null): boolean {
  if (heldAt.getTime() > platformNow.getTime() + slackMs) return true;
  return setBack !== null && heldAt > setBack.from && heldAt <= setBack.until;
}

interface TwoLooks {
  /** when the clock was looked at last, or earlier; by ours, as `now` */
  readonly before: Date;
  readonly beforeSkewMs: number;
  readonly now: Date;
  readonly skewMs: number;
}

/** What is known of a clock after another look at it. One span holds what belongs to setbacks shortly after each other. */
export function setBackAfter(known: SetBack | null, { before, beforeSkewMs, now, skewMs }: TwoLooks): SetBack | null {
  if (skewMs >= beforeSkewMs) return known;
  const from = new Date(Math.min(before.getTime(), now.getTime()) + skewMs - unsureMs);
  const until = new Date(now.getTime() + beforeSkewMs + unsureMs);
  if (known === null || known.until < from) return { from, until };
  return {
    from: known.from < from ? known.from : from,
    until: known.until > until ? known.until : until,
  };
}
