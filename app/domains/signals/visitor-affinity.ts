import type { Cache } from '#app/infra/cache.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import {
  interestOf,
  profileSchema,
  takeIn,
  toHappening,
  type VisitorInterest,
  type VisitorProfile,
} from './affinity.ts';
import type { Signal } from './model.ts';
import { fetchLatestSignals } from './store.ts';

const keptSeconds = 24 * 3600;
/** Older things than this are not looked up when a visitor is forgotten by the cache. */
const rememberedDays = 14;
const nothing: VisitorProfile = { whole: false, happenings: [] };

/** Changes of one visitor happen one after the other in a process; between processes the later one wins. */
const turns = new WeakMap<Cache, Map<string, Promise<unknown>>>();

type Needs = Pick<Services, 'db' | 'cache' | 'clock'>;

function inTurn<T>(cache: Cache, key: string, work: () => Promise<T>): Promise<T> {
  const waiting = turns.get(cache) ?? new Map<string, Promise<unknown>>();
  turns.set(cache, waiting);
  const turn = (waiting.get(key) ?? Promise.resolve()).then(work, work);
  waiting.set(key, turn);
  const done = () => {
    if (waiting.get(key) === turn) waiting.delete(key);
  };
  turn.then(done, done);
  return turn;
}

const keyOf = (shopId: string, visitorId: string) => `affinity:${shopId}:${visitorId}`;

async function readProfile(cache: Cache, key: string): Promise<VisitorProfile> {
  const text = await cache.get(key);
  return text === null ? nothing : profileSchema.parse(JSON.parse(text));
}

/**
 * Lets visitors' interest follow what they just did, in Redis where the cache is there, else in the process.
 * Nobody's doings touch anybody else's interest.
 */
export async function noteSignals(services: Needs, signals: readonly Signal[]): Promise<void> {
  const byVisitor = Map.groupBy(signals, (one) => keyOf(one.shopId, one.visitorId));
  await Promise.all(
    [...byVisitor].map(([key, own]) =>
      inTurn(services.cache, key, async () => {
        const before = await readProfile(services.cache, key);
        const after = takeIn(before, own.map(toHappening));
        if (after !== before) await services.cache.set(key, JSON.stringify(after), keptSeconds);
      }),
    ),
  );
}

/**
 * What these visitors (one person's browsers) are after now. One that the cache does not know whole is completed
 * from the stored signals.
 */
export async function readInterest(
  services: Needs,
  shopId: ShopId,
  visitorIds: readonly string[],
): Promise<VisitorInterest> {
  const now = services.clock.now();
  const profiles = await Promise.all(
    visitorIds.map((visitorId) => {
      const key = keyOf(shopId, visitorId);
      return inTurn(services.cache, key, async () => {
        const held = await readProfile(services.cache, key);
        if (held.whole) return held;
        const since = new Date(now.getTime() - rememberedDays * 86_400_000);
        const stored = await fetchLatestSignals(services.db, shopId, visitorId, since);
        const whole = { ...takeIn(held, stored.map(toHappening)), whole: true };
        await services.cache.set(key, JSON.stringify(whole), keptSeconds);
        return whole;
      });
    }),
  );
  const happenings = profiles.flatMap((profile) => profile.happenings).sort((a, b) => a[4] - b[4]);
  return interestOf(happenings, now);
}

/** Forgets what the cache holds of these visitors. */
export async function forgetInterest(cache: Cache, shopId: ShopId, visitorIds: readonly string[]): Promise<void> {
  await Promise.all(visitorIds.map((visitorId) => cache.delete(keyOf(shopId, visitorId))));
}
