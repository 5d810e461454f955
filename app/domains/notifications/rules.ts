import type { ConsentBasis, MailSettings, MarketingConsent, SkipReason } from './model.ts';
import { type TopicId, topics } from './topics.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** What the cap held back goes so long before its end: enough for quiet hours, a changed clock and an hour besides. */
const beforeEndMs = 26 * 60 * minuteMs;

/** What is known when a mail is due. */
export interface Facts {
  readonly topic: TopicId;
  readonly expiresAt: Date;
  /** null = there is none, or it was forgotten */
  readonly address: string | null;
  readonly suppressed: boolean;
  /** what the person chose for the topic; null = nothing */
  readonly chosen: boolean | null;
  readonly consent: MarketingConsent;
  /** the merchant has the template switched on */
  readonly active: boolean;
  /** IANA */
  readonly zone: string;
  /** when this address got mails that it may switch off, within the cap's days at least */
  readonly optionalSentAt: readonly Date[];
}

export type Decision =
  | { readonly do: 'send' }
  | { readonly do: 'wait'; readonly until: Date; readonly because: 'quiet-hours' | 'too-many' }
  | { readonly do: 'skip'; readonly because: SkipReason };

/** Whether a mail that is due is sent now, later or not at all, and why. */
export function decide(facts: Facts, settings: Pick<MailSettings, 'quietHours' | 'cap'>, now: Date): Decision {
  const topic = topics[facts.topic];
  const skip = (because: SkipReason): Decision => ({ do: 'skip', because });
  if (!facts.active) return skip('template-off');
  if (facts.address === null) return skip('no-address');
  if (facts.suppressed) return skip('suppressed');
  if (topic.optional && facts.chosen === false) return skip('switched-off');
  if (topic.kind === 'marketing' && !mayAdvertise(facts)) return skip('no-consent');
  if (facts.expiresAt <= now) return skip('expired');
  const wait = (until: Date, because: 'quiet-hours' | 'too-many'): Decision =>
    until < facts.expiresAt ? { do: 'wait', until, because } : skip(because);
  if (topic.optional) {
    const free = capFreeAt(facts.optionalSentAt, settings.cap, now);
    if (free !== null) {
      if (topic.kind === 'marketing') return wait(free, 'too-many');
      // What is a person's own waits for room, but is never lost to marketing.
      const last = new Date(facts.expiresAt.getTime() - beforeEndMs);
      if (last > now) return wait(free < last ? free : last, 'too-many');
    }
    const end = quietUntil(settings.quietHours, facts.zone, now);
    if (end !== null) return wait(end, 'quiet-hours');
  }
  return { do: 'send' };
}

/** Consent that the person gave us, or the store; who said no to the store is not asked again by us. */
function mayAdvertise({ chosen, consent }: Pick<Facts, 'chosen' | 'consent'>): boolean {
  return consent === 'subscribed' || (chosen === true && consent !== 'unsubscribed');
}

/**
 * What a mail that may go rests on; null where its topic needs no consent.
 * @param told when the store said what it knows of consent
 * @param chosenAt when the person chose for the topic
 */
export function basisOf(
  { topic, consent }: Pick<Facts, 'topic' | 'consent'>,
  { told, chosenAt }: { readonly told: Date | null; readonly chosenAt: Date | null },
): ConsentBasis | null {
  if (topics[topic].kind !== 'marketing') return null;
  return consent === 'subscribed' ? { by: 'store', at: told } : { by: 'person', at: chosenAt };
}

/** When the next mail of an optional topic may go, or null where it may go now. */
export function capFreeAt(sentAt: readonly Date[], cap: MailSettings['cap'], now: Date): Date | null {
  if (!cap.active) return null;
  const windowMs = cap.days * dayMs;
  const within = sentAt
    .filter((at) => now.getTime() - at.getTime() < windowMs)
    .sort((a, b) => b.getTime() - a.getTime());
  // The one whose leaving makes room.
  const oldest = within[cap.mails - 1];
  return oldest === undefined ? null : new Date(oldest.getTime() + windowMs);
}

/** When the quiet hours end that `now` is in, or null outside of them. From 21 to 8 runs over midnight. */
export function quietUntil({ active, from, to }: MailSettings['quietHours'], zone: string, now: Date): Date | null {
  if (!active || from === to) return null;
  const [hour = 0, minute = 0] = localTime(zone, now);
  const quiet = from < to ? hour >= from && hour < to : hour >= from || hour < to;
  if (!quiet) return null;
  const minutes = (to * 60 - (hour * 60 + minute) + 24 * 60) % (24 * 60);
  // Where a clock change comes between, this is an hour off; the mail is decided on again then.
  return new Date(Math.floor(now.getTime() / minuteMs) * minuteMs + minutes * minuteMs);
}

function localTime(zone: string, at: Date): number[] {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(at)
    .split(':')
    .map(Number);
}

/** A time zone that this process knows, or the other one. */
export function zoneOr(zone: string | null, other: string): string {
  if (zone === null) return other;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // A store may name zones that are none.
    return other;
  }
}

/** How long a mail waits that the mail server put off for the nth time (from 0): five minutes, doubled to four hours. */
export function deferralMs(nth: number): number {
  return Math.min(4 * 60 * minuteMs, 5 * minuteMs * 2 ** Math.min(nth, 10));
}
