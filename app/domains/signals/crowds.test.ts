import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { createCrowds, subscriberOf } from './crowds.ts';

const [shop, other] = [randomUUID() as ShopId, randomUUID() as ShopId];
const start = new Date('2026-11-21T12:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const people = (count: number) => Array.from({ length: count }, () => randomUUID() as VisitorId);

describe('what one subscriber has', () => {
  it.each([
    ['an address', '203.0.113.7', '203.0.113.7'],
    ['the same, as a socket of both kinds tells it', '::ffff:203.0.113.7', '203.0.113.7'],
    ['half of a long address', '2001:db8:0:12::1', '2001:db8:0:12'],
    ['whatever its other half, and however it is written', '2001:0DB8:0000:0012:ffff:1:2:3', '2001:db8:0:12'],
    ['zeros in the middle', '2001:db8::12:0:0:0:1', '2001:db8:0:12'],
    ['zeros at the end', '2001:db8::', '2001:db8:0:0'],
    ['an IPv4 address at the end', '64:ff9b::203.0.113.7', '64:ff9b:0:0'],
    ['this machine', '127.0.0.1', null],
    ['this machine, long', '::1', null],
    ['a house', '192.168.1.4', null],
    ['a container', '172.18.0.3', null],
    ['a cluster', '10.4.0.9', null],
    ['a carrier’s inside', '100.64.3.1', null],
    ['a local network, long', 'fd00::4', null],
    ['one link', 'fe80::1%eth0', null],
    ['nothing', '', null],
    ['a name', 'localhost', null],
    ['a port', '203.0.113.7:443', null],
  ])('%s', (_what, text, subscriber) => {
    expect(subscriberOf(text)).toBe(subscriber);
  });
});

describe('a crowd', () => {
  it('is more visitors in an hour than the bound, told with those who came before', () => {
    const crowdOf = createCrowds({ visitorsAnHour: 3 });
    const [a, b, c, d] = people(4) as [VisitorId, VisitorId, VisitorId, VisitorId];
    const from = (visitor: VisitorId, minute: number) => crowdOf(shop, visitor, '203.0.113.7', after(minute));
    expect([from(a, 0), from(b, 1), from(a, 2), from(c, 3), from(b, 4)]).toEqual([null, null, null, null, null]);
    const crowd = from(d, 5);
    expect(crowd?.since).toEqual(start);
    expect(crowd?.take()).toEqual([a, b, c, d]);
    expect([from(a, 6), from(...([people(1)[0], 59] as [VisitorId, number]))]).toEqual([crowd, crowd]);
    expect(crowd?.take()).toEqual([]);
    crowd?.giveBack([a]);
    expect(from(b, 59)?.take()).toEqual([a]);
    // The next hour is looked at anew.
    expect(from(a, 60)).toBeNull();
  });

  it('is nobody at another address or in another shop, and never where no address is known', () => {
    const crowdOf = createCrowds({ visitorsAnHour: 5 });
    const all = (address: string, of = shop) =>
      people(20).map((visitor) => crowdOf(of, visitor, address, start) !== null);
    expect(all('203.0.113.7').filter(Boolean)).toHaveLength(15);
    expect(people(3).map((visitor) => crowdOf(shop, visitor, '203.0.113.8', start))).toEqual([null, null, null]);
    expect(people(3).map((visitor) => crowdOf(other, visitor, '203.0.113.7', start))).toEqual([null, null, null]);
    for (const address of ['', '127.0.0.1', '10.0.0.2']) expect(all(address)).not.toContain(true);
  });

  it('is one behind however many addresses a subscriber makes up', () => {
    const crowdOf = createCrowds({ visitorsAnHour: 10 });
    const seen = people(30).map((visitor, index) =>
      crowdOf(shop, visitor, `2001:db8:1:2::${index.toString(16)}`, start),
    );
    expect(seen.filter((crowd) => crowd !== null)).toHaveLength(20);
  });

  it('is forgotten with the day’s salt', () => {
    const crowdOf = createCrowds({ visitorsAnHour: 1 });
    const late = new Date('2026-11-21T23:59:00Z');
    expect(people(2).map((visitor) => crowdOf(shop, visitor, '203.0.113.7', late) !== null)).toEqual([false, true]);
    expect(crowdOf(shop, people(1)[0]!, '203.0.113.7', new Date('2026-11-22T00:00:00Z'))).toBeNull();
  });

  it('costs no more memory than it may, whoever comes by how many addresses', () => {
    const crowdOf = createCrowds({ visitorsAnHour: 10, mostVisitors: 100 });
    for (let index = 0; index < 1_000; index += 1)
      crowdOf(shop, people(1)[0]!, `198.51.${String(index >> 8)}.${String(index & 255)}`, start);
    const seen = people(11).map((visitor) => crowdOf(shop, visitor, '203.0.113.7', start) !== null);
    expect(seen).toEqual([...Array.from({ length: 10 }, () => false), true]);
  });
});
