import { describe, expect, it } from 'vitest';
import { zoneOfCountry } from './country-zone.ts';

describe('the zone of a country', () => {
  it.each([
    ['DE', 'Europe/Berlin', 'two zones with the same clocks'],
    ['de', 'Europe/Berlin', 'as some plugins write it'],
    [' FR ', 'Europe/Paris', 'overseas departments have codes of their own'],
    ['RE', 'Indian/Reunion', 'one of them'],
    ['GB', 'Europe/London', ''],
    ['JP', 'Asia/Tokyo', ''],
    ['IN', 'Asia/Kolkata', 'half an hour'],
    ['CN', 'Asia/Shanghai', 'one zone by law'],
    ['UA', 'Europe/Kyiv', 'one zone by law'],
    ['ES', null, 'the Canary Islands'],
    ['PT', null, 'the Azores'],
    ['US', null, 'many'],
    ['AU', null, 'many'],
    ['NZ', null, 'the Chatham Islands'],
    ['', null, 'nothing told'],
    ['XX', null, 'no country'],
    ['Germany', null, 'no code'],
    [null, null, 'nothing told'],
    [undefined, null, 'nothing told'],
  ])('of %j is %j: %s', (country, zone, _why) => {
    expect(zoneOfCountry(country)).toBe(zone);
  });

  it('is one that clocks can be read in, wherever there is one', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const found = letters.flatMap((a) => letters.flatMap((b) => zoneOfCountry(a + b) ?? []));
    expect(found.length).toBeGreaterThan(200);
    for (const timeZone of found) expect(() => new Intl.DateTimeFormat('en', { timeZone }), timeZone).not.toThrow();
  });
});
