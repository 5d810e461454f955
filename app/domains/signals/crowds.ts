import { createHmac, randomBytes } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';

/**
 * Visitors an hour of one shop that one address may have. An office, a school or a carrier that lets thousands share one
 * address stays below it in any shop that a school has not just been sent to; who makes a new visitor of every view
 * does not.
 */
export const VISITORS_AN_HOUR = 300;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Visitors remembered at once, of all addresses: about 30 MB. Beyond them the oldest hours are forgotten. */
const MOST_VISITORS = 200_000;

/** Addresses of nobody outside: behind a proxy that does not say who asked, all visitors would share one of them. */
const inside = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  inside.addSubnet(net, prefix, 'ipv6');

/**
 * What one subscriber has: an IPv4 address, or the first half of an IPv6 one, whose other half is theirs to choose.
 * @returns null for what is no address of the public network
 */
export function subscriberOf(text: string): string | null {
  const address = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
  const version = isIP(address);
  if (version === 0 || inside.check(address, version === 4 ? 'ipv4' : 'ipv6')) return null;
  if (version === 4) return address;
  const [before = '', after] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  // An IPv4 address at the end stands for two groups.
  const length = head.length + tail.length + (address.includes('.') ? 1 : 0);
  const full = [...head, ...Array.from({ length: 8 - length }, () => '0'), ...tail];
  return full
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** More visitors of one address than people share it. */
export interface Crowd {
  readonly since: Date;
  /** Those who came before it was known for one, told once. */
  take(): VisitorId[];
  /** They could not be left out yet: the next one asked is told of them. */
  giveBack(visitors: readonly VisitorId[]): void;
}

interface Hour {
  readonly since: number;
  readonly visitors: Set<VisitorId>;
  crowd: Crowd | null;
}

/**
 * Tells crowds by how many visitors an address has in an hour. Counted in the process alone, by a hash of the address
 * with a salt that is drawn anew each day and written nowhere: nobody can say later whose address it was.
 */
export function createCrowds({ visitorsAnHour = VISITORS_AN_HOUR, mostVisitors = MOST_VISITORS } = {}) {
  const hours = new Map<string, Hour>();
  let held = 0;
  let [salt, day] = [randomBytes(32), -1];

  const forget = (key: string, hour: Hour) => {
    hours.delete(key);
    held -= hour.visitors.size;
  };

  function hourOf(key: string, now: number): Hour {
    const known = hours.get(key);
    if (known && now - known.since < HOUR) return known;
    if (known) forget(key, known);
    const hour: Hour = { since: now, visitors: new Set(), crowd: null };
    hours.set(key, hour);
    return hour;
  }

  function makeRoom(now: number): void {
    for (const [key, hour] of hours) {
      if (held + hours.size <= mostVisitors && now - hour.since < HOUR) return;
      forget(key, hour);
    }
  }

  /** @returns the crowd that the visitor came in; null for everybody else */
  return function crowdOf(shopId: ShopId, visitorId: VisitorId, address: string, now: Date): Crowd | null {
    const subscriber = subscriberOf(address);
    if (subscriber === null) return null;
    const at = now.getTime();
    const today = Math.floor(at / DAY);
    if (today !== day) {
      hours.clear();
      [held, salt, day] = [0, randomBytes(32), today];
    }
    makeRoom(at);
    const key = createHmac('sha256', salt).update(`${shopId} ${subscriber}`).digest('base64url').slice(0, 22);
    const hour = hourOf(key, at);
    if (hour.crowd) return hour.crowd;
    if (!hour.visitors.has(visitorId)) {
      hour.visitors.add(visitorId);
      held += 1;
    }
    if (hour.visitors.size <= visitorsAnHour) return null;
    let earlier = [...hour.visitors];
    held -= hour.visitors.size;
    hour.visitors.clear();
    hour.crowd = {
      since: new Date(hour.since),
      take() {
        const taken = earlier;
        earlier = [];
        return taken;
      },
      giveBack(visitors) {
        earlier = [...earlier, ...visitors];
      },
    };
    return hour.crowd;
  };
}
