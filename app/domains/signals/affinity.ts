import { z } from 'zod';
import type { Doing } from './model.ts';
import { signalKinds } from './model.ts';

/** One thing that a visitor did, as short as it can be: id (its first half), kind, product, search, when, how long. */
const happeningSchema = z.tuple([
  z.string(),
  z.enum(signalKinds),
  z.string().nullable(),
  z.string().nullable(),
  z.number(),
  z.number().nullable(),
]);
export type Happening = z.output<typeof happeningSchema>;

/**
 * What is remembered of a visitor's last days. `whole`: what the database has is in it. `readAt`: when the database was
 * asked last, ms since 1970.
 */
export const profileSchema = z.object({
  whole: z.boolean(),
  readAt: z.number().nullable(),
  happenings: z.array(happeningSchema),
});
export type VisitorProfile = z.output<typeof profileSchema>;

/** Signals wait in a process and are stored soon after they were heard; by then at the latest, usually. */
const storedWithinMs = 2_000;

/**
 * Whether the database is to be asked. What it told a moment ago may lack what was just being stored, so that after the
 * cache was emptied it is asked a second time.
 */
export function lacksStored({ whole, readAt }: VisitorProfile, now: Date): boolean {
  return !whole && (readAt === null || now.getTime() - readAt >= storedWithinMs);
}

/** Of whom all is known that there is, whatever a question has been told that began before. */
export const forgotten: VisitorProfile = { whole: true, readAt: null, happenings: [] };

/** Adds what the database had at `now`, oldest first; to a whole one nothing, which may have been forgotten meanwhile. */
export function completed(profile: VisitorProfile, stored: readonly Happening[], now: Date): VisitorProfile {
  if (profile.whole) return profile;
  return { ...takeIn(profile, stored), whole: profile.readAt !== null, readAt: now.getTime() };
}

/** What a visitor has shown interest in; weights fade by half a day and may be below 0. */
export interface VisitorInterest {
  readonly products: readonly (readonly [productId: string, weight: number])[];
  readonly words: readonly (readonly [word: string, weight: number])[];
}

/** A visitor's memory; whoever does more is remembered by the latest. */
const mostHappenings = 100;
/** Of one minute no more is taken in: people do not look at products faster, programs do. */
const mostAMinute = 30;
const minute = 60_000;
const halfLifeMs = 24 * 60 * minute;
/** However often a product is looked at, it counts as these many looks. */
const mostWeight = 6;
const interesting: ReadonlySet<string> = new Set(['view', 'click', 'search', 'cart-add', 'cart-remove', 'purchase']);
/** A view of this length counts as another look. */
const goodLookMs = 30_000;

export function toHappening(signal: Doing): Happening {
  const { id, kind, productId, query, occurredAt, dwellMs } = signal;
  return [id.slice(0, 13), kind, productId, query, occurredAt.getTime(), dwellMs];
}

/** Adds what is new, oldest first; what was heard before (the same id) changes nothing. */
export function takeIn(profile: VisitorProfile, news: readonly Happening[]): VisitorProfile {
  const known = new Set(profile.happenings.map(([id]) => id));
  const perMinute = new Map<number, number>();
  for (const [, , , , at] of profile.happenings)
    perMinute.set(Math.floor(at / minute), (perMinute.get(Math.floor(at / minute)) ?? 0) + 1);
  const added: Happening[] = [];
  for (const one of news) {
    const slot = Math.floor(one[4] / minute);
    const already = perMinute.get(slot) ?? 0;
    if (!interesting.has(one[1]) || known.has(one[0]) || already >= mostAMinute) continue;
    known.add(one[0]);
    perMinute.set(slot, already + 1);
    added.push(one);
  }
  if (added.length === 0) return profile;
  const happenings = [...profile.happenings, ...added].sort((a, b) => a[4] - b[4]).slice(-mostHappenings);
  return { ...profile, happenings };
}

/** Weighs what was done at `now`: a look 1, a long look up to 3, a click 1.5, a cart 4; taken out or bought is over. */
export function interestOf(happenings: readonly Happening[], now: Date): VisitorInterest {
  const products = new Map<string, number>();
  const words = new Map<string, number>();
  for (const [, kind, productId, query, at, dwellMs] of happenings) {
    const fading = 0.5 ** (Math.max(0, now.getTime() - at) / halfLifeMs);
    if (kind === 'search' && query !== null)
      for (const word of new Set(
        query
          .toLowerCase()
          .normalize('NFKD')
          .match(/[\p{L}\p{N}]{2,}/gu),
      ))
        words.set(word, Math.min(mostWeight, (words.get(word) ?? 0) + 2 * fading));
    if (productId === null) continue;
    const before = products.get(productId) ?? 0;
    if (kind === 'purchase' || kind === 'cart-remove') products.set(productId, -2 * fading);
    else products.set(productId, Math.min(mostWeight, before + fading * weightOf(kind, dwellMs)));
  }
  return { products: [...products].filter(([, weight]) => Math.abs(weight) > 0.01), words: [...words] };
}

function weightOf(kind: Happening[1], dwellMs: number | null): number {
  if (kind === 'cart-add') return 4;
  if (kind === 'click') return 1.5;
  if (kind !== 'view') return 0;
  // The page tells how long it was in sight when it is left: that view was counted when it began.
  return dwellMs === null ? 1 : Math.min(2, dwellMs / goodLookMs);
}
