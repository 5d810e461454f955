import { describe, expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-time.ts';

describe('fromLocalInput', () => {
  it.each([
    ['a plain winter morning', '2026-01-10T09:30', 'Europe/Berlin', '2026-01-10T08:30:00.000Z'],
    ['a plain summer morning', '2026-07-10T09:30', 'Europe/Berlin', '2026-07-10T07:30:00.000Z'],
    ['behind UTC', '2026-11-21T23:00', 'America/New_York', '2026-11-22T04:00:00.000Z'],
    ['half an hour off', '2026-11-21T05:30', 'Asia/Kolkata', '2026-11-21T00:00:00.000Z'],
    [
      'skipped in spring: counted from before the jump',
      '2026-03-29T02:30',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z',
    ],
    ['twice in autumn: the first one', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ])('%s', (_name, text, timeZone, instant) => {
    expect(fromLocalInput(text, timeZone)?.toISOString()).toBe(instant);
  });

  it.each(['', 'tomorrow', '2026-02-30T10:00', '2026-11-21 10:00', '2026-11-21T25:00'])('refuses %j', (text) => {
    expect(fromLocalInput(text, 'UTC')).toBeNull();
  });
});

describe('toLocalInput', () => {
  it('is the inverse for a moment that exists once', () => {
    const at = new Date('2026-05-05T13:45:00.000Z');
    expect(fromLocalInput(toLocalInput(at, 'Australia/Sydney'), 'Australia/Sydney')).toEqual(at);
  });
});
