/** Times, by the platform's clock, of versions that it may have written before that clock was set back. */
export interface SetBack {
  readonly from: Date;
  readonly until: Date;
}

/** An answer is dated in whole seconds, and is on its way for some. */
const slackMs = 30_000;
/** Clocks that differ by less than a minute are taken for the same. */
const unsureMs = 60_000;
/** Within a span time says nothing: of a clock that goes back and forth it reaches no further back than this. */
const longestMs = 24 * 3_600_000;

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
  /** when the clock was looked at last, or earlier; by ours, as `now`; null = nobody noted when */
  readonly before: Date | null;
  /** null = it was never looked at */
  readonly beforeSkewMs: number | null;
  readonly now: Date;
  readonly skewMs: number;
}

/** What is known of a clock after another look at it. One span holds what belongs to setbacks shortly after each other. */
export function setBackAfter(known: SetBack | null, { before, beforeSkewMs, now, skewMs }: TwoLooks): SetBack | null {
  if (beforeSkewMs === null || skewMs >= beforeSkewMs) return known;
  const platformNow = now.getTime() + skewMs;
  const sinceLookMs = before === null ? longestMs : Math.max(0, now.getTime() - before.getTime());
  const earliest = platformNow - longestMs - unsureMs;
  const from = Math.max(earliest, platformNow - sinceLookMs - unsureMs);
  const until = now.getTime() + beforeSkewMs + unsureMs;
  if (known === null || known.until.getTime() < from) return { from: new Date(from), until: new Date(until) };
  return {
    from: new Date(Math.max(Math.min(known.from.getTime(), from), earliest)),
    until: new Date(Math.max(known.until.getTime(), until)),
  };
}
