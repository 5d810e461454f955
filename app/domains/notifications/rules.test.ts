import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailSettings } from './model.ts';
import { capFreeAt, decide, type Facts, quietUntil, zoneOr } from './rules.ts';
import { topics } from './topics.ts';

const settings = mailSettings.parse({});
const noon = new Date('2026-11-21T12:00:00Z');
const facts: Facts = {
  topic: 'points',
  expiresAt: new Date('2026-11-28T12:00:00Z'),
  address: 'a@example.com',
  suppressed: false,
  chosen: null,
  consent: 'unknown',
  active: true,
  zone: 'UTC',
  optionalSentAt: [],
};
const hoursAgo = (hours: number) => new Date(noon.getTime() - hours * 3_600_000);

describe('a mail that is due', () => {
  it.each<[string, Partial<Facts>, unknown]>([
    ['is sent', {}, { do: 'send' }],
    ['not without an address', { address: null }, { do: 'skip', because: 'no-address' }],
    ['not to an address that bounced', { suppressed: true }, { do: 'skip', because: 'suppressed' }],
    ['not against the wish of the person', { chosen: false }, { do: 'skip', because: 'switched-off' }],
    ['though nobody switches off what they asked for', { topic: 'service', chosen: false }, { do: 'send' }],
    ['not when it is over', { expiresAt: noon }, { do: 'skip', because: 'expired' }],
    ['not when the merchant does not want it', { active: false }, { do: 'skip', because: 'template-off' }],
    ['marketing not without consent', { topic: 'offers' }, { do: 'skip', because: 'no-consent' }],
    ['marketing with consent to the store', { topic: 'offers', consent: 'subscribed' }, { do: 'send' }],
    ['marketing with consent to us', { topic: 'offers', chosen: true }, { do: 'send' }],
    [
      'marketing not when the store was told no',
      { topic: 'offers', chosen: true, consent: 'unsubscribed' },
      { do: 'skip', because: 'no-consent' },
    ],
    [
      'marketing later when there were three this week',
      { topic: 'offers', consent: 'subscribed', optionalSentAt: [hoursAgo(1), hoursAgo(50), hoursAgo(100)] },
      { do: 'wait', because: 'too-many', until: new Date(hoursAgo(100).getTime() + 7 * 86_400_000) },
    ],
    [
      'mails about points later too when there were three this week',
      { optionalSentAt: [hoursAgo(1), hoursAgo(2), hoursAgo(160)] },
      { do: 'wait', because: 'too-many', until: hoursAgo(160 - 7 * 24) },
    ],
    [
      'and those about friends',
      { topic: 'referrals', optionalSentAt: [hoursAgo(1), hoursAgo(2), hoursAgo(160)] },
      { do: 'wait', because: 'too-many', until: hoursAgo(160 - 7 * 24) },
    ],
    [
      'what was asked for however many there were',
      { topic: 'service', optionalSentAt: [hoursAgo(1), hoursAgo(2), hoursAgo(3), hoursAgo(4)] },
      { do: 'send' },
    ],
    [
      'not when it would be over by then',
      {
        topic: 'offers',
        consent: 'subscribed',
        optionalSentAt: [hoursAgo(1), hoursAgo(2), hoursAgo(3)],
        expiresAt: hoursAgo(-24),
      },
      { do: 'skip', because: 'too-many' },
    ],
    ...(['points', 'referrals'] as const).flatMap((topic): [string, Partial<Facts>, unknown][] => {
      const full = { topic, optionalSentAt: [hoursAgo(1), hoursAgo(2), hoursAgo(3)] };
      return [
        [
          `${topic}: shortly before its end where there is no room until then`,
          { ...full, expiresAt: hoursAgo(-72) },
          { do: 'wait', because: 'too-many', until: hoursAgo(-46) },
        ],
        [`${topic}: at once when that moment has come`, { ...full, expiresAt: hoursAgo(-26) }, { do: 'send' }],
        [`${topic}: at once when its life is short`, { ...full, expiresAt: hoursAgo(-2) }, { do: 'send' }],
        [`${topic}: not when it is over`, { ...full, expiresAt: noon }, { do: 'skip', because: 'expired' }],
        [
          `${topic}: in the morning where it is night at that moment`,
          { ...full, expiresAt: hoursAgo(-26), zone: 'Asia/Tokyo' },
          { do: 'wait', because: 'quiet-hours', until: new Date('2026-11-21T23:00:00Z') },
        ],
      ];
    }),
    [
      'in the morning where it is night',
      { zone: 'Asia/Tokyo' },
      { do: 'wait', because: 'quiet-hours', until: new Date('2026-11-21T23:00:00Z') },
    ],
    ['at night when it was asked for', { zone: 'Asia/Tokyo', topic: 'service' }, { do: 'send' }],
  ])('%s', (_why, change, decision) => {
    expect(decide({ ...facts, ...change }, settings, noon)).toEqual(decision);
  });
});

it('quiet hours end at their hour on the clock of the place, or within an hour of it when clocks change', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Australia/Lord_Howe'];
  const hour = fc.integer({ min: 0, max: 23 });
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...zones), hour, hour, instant, (zone, from, to, now) => {
      const end = quietUntil({ active: true, from, to }, zone, now);
      if (end === null) return;
      expect(end.getTime()).toBeGreaterThan(now.getTime() - 60_000);
      expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(24 * 3_600_000);
      const at = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
      const [endHour = 0, endMinute = 0] = at.format(end).split(':').map(Number);
      const off = Math.abs(endHour * 60 + endMinute - to * 60);
      expect(Math.min(off, 24 * 60 - off)).toBeLessThanOrEqual(60);
    }),
  );
});

it('says the same of the cap for every topic that may be switched off, and nothing of the others', () => {
  const sent = fc.array(fc.integer({ min: 0, max: 20 * 24 }).map(hoursAgo), { maxLength: 12 });
  const topic = fc.constantFrom(...(Object.keys(topics) as (keyof typeof topics)[]));
  fc.assert(
    fc.property(topic, sent, (id, optionalSentAt) => {
      const known = { ...facts, topic: id, consent: 'subscribed' as const, optionalSentAt };
      const { because } = { because: null, ...decide(known, settings, noon) };
      expect(because === 'too-many').toBe(
        topics[id].optional && capFreeAt(optionalSentAt, settings.cap, noon) !== null,
      );
    }),
  );
});

it('never lets more mails through than the cap says', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 * 24 }), { maxLength: 60 }), (asked) => {
      const sent: Date[] = [];
      for (const hours of asked.toSorted((a, b) => a - b)) {
        const now = new Date(noon.getTime() + hours * 3_600_000);
        if (capFreeAt(sent, settings.cap, now) === null) sent.push(now);
      }
      for (const at of sent)
        expect(
          sent.filter((other) => other <= at && at.getTime() - other.getTime() < 7 * 86_400_000).length,
        ).toBeLessThanOrEqual(3);
    }),
  );
});

it('never loses a mail of points or friends to the cap, whatever else was sent, in any zone and at any quiet hours', () => {
  const hour = fc.integer({ min: 0, max: 23 });
  const topic = fc.constantFrom('points' as const, 'referrals' as const);
  const zone = fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata');
  const cap = fc.record({
    active: fc.constant(true),
    mails: fc.integer({ min: 1, max: 5 }),
    days: fc.integer({ min: 1, max: 60 }),
  });
  const marketing = fc.array(fc.integer({ min: -60 * 24, max: 20 * 24 }), { maxLength: 60 });
  const life = fc.integer({ min: 27, max: 20 * 24 });
  fc.assert(
    fc.property(topic, zone, cap, hour, hour, marketing, life, (id, where, capped, from, to, sent, hours) => {
      const rules = { quietHours: { active: true, from, to }, cap: capped };
      const expiresAt = hoursAgo(-hours);
      let now = noon;
      for (let looks = 0; looks < 200; looks++) {
        const optionalSentAt = sent.map((at) => hoursAgo(-at)).filter((at) => at <= now);
        const decision = decide({ ...facts, topic: id, zone: where, expiresAt, optionalSentAt }, rules, now);
        expect(decision.do).not.toBe('skip');
        if (decision.do !== 'wait') return;
        expect(decision.until > now && decision.until < expiresAt).toBe(true);
        now = decision.until;
      }
      expect.fail('waits without end');
    }),
  );
});

it('goes by the other zone where a store names one that is none', () => {
  expect([zoneOr('Europe/Paris', 'UTC'), zoneOr('Moon/Base', 'UTC'), zoneOr(null, 'Asia/Tokyo')]).toEqual([
    'Europe/Paris',
    'UTC',
    'Asia/Tokyo',
  ]);
});
