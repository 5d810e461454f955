import { type RejectedEvent, type Signal, signalEvent, type SignalEnvelope } from './model.ts';

const MINUTE = 60_000;
/** A browser's clock may run this far ahead; such an event counts as happening now. */
export const TOLERATED_AHEAD_MS = 5 * MINUTE;
/** Older events come from a browser that was asleep or from a clock that is wrong: nobody can tell which. */
export const OLDEST_MS = 7 * 24 * 60 * MINUTE;
/** How long signals are kept: one year to compare with, and a month to look at it. */
export const KEPT_MONTHS = 13;

/** Checks each event for itself: the good ones as signals, the others with their place and the reason. */
export function checkEvents(envelope: SignalEnvelope, now: Date): { signals: Signal[]; rejected: RejectedEvent[] } {
  const signals = new Map<string, Signal>();
  const rejected: RejectedEvent[] = [];
  for (const [index, raw] of envelope.events.entries()) {
    const parsed = signalEvent.safeParse(raw);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      rejected.push({ index, reason: [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ') });
      continue;
    }
    const event = parsed.data;
    const ahead = event.at.getTime() - now.getTime();
    if (ahead > TOLERATED_AHEAD_MS) {
      rejected.push({ index, reason: 'at: lies in the future' });
      continue;
    }
    if (ahead < -OLDEST_MS) {
      rejected.push({ index, reason: 'at: is older than 7 days' });
      continue;
    }
    if (signals.has(event.id)) continue;
    signals.set(event.id, {
      shopId: envelope.shopId,
      visitorId: envelope.visitorId,
      id: event.id,
      kind: event.kind,
      productId: event.productId ?? null,
      query: event.query ?? null,
      quantity: event.quantity ?? null,
      surface: event.surface ?? null,
      dwellMs: event.dwellMs ?? null,
      occurredAt: ahead > 0 ? now : event.at,
      receivedAt: now,
    });
  }
  return { signals: [...signals.values()], rejected };
}

/** Signals that happened before this moment are to be forgotten. */
export function forgetBefore(now: Date): Date {
  const before = new Date(now);
  before.setUTCMonth(before.getUTCMonth() - KEPT_MONTHS);
  return before;
}
