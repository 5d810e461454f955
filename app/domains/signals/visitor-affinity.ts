import { setTimeout as delay } from 'node:timers/promises';
import type { Cache } from '#app/infra/cache.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createLru } from '#app/shared/lru.ts';
import {
  completed,
  forgotten,
  type Happening,
  interestOf,
  lacksStored,
  profileSchema,
  takeIn,
  toHappening,
  type VisitorInterest,
  type VisitorProfile,
} from './affinity.ts';
import { findPerson } from './identity.ts';
import type { Signal } from './model.ts';
import { fetchLatestSignals } from './store.ts';

const keptSeconds = 24 * 3600;
/** Who has done nothing may be made up, and is told by the database as quickly. */
const keptSecondsOfNothing = 300;
const browsersSeconds = 60;
/** Older things than this are not looked up when a visitor is forgotten by the cache. */
const rememberedDays = 14;
/** Tries to change an entry that others change meanwhile; then the later one wins. */
const mostTries = 20;
const nothing: VisitorProfile = { whole: false, readAt: null, happenings: [] };

/** Changes of one visitor happen one after the other in a process. */
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

/** Profiles by their texts: who asks again a moment later has the same. */
const taken = createLru<VisitorProfile>(1_000);

/** What another version of ours wrote counts as nothing: it can be made again. */
function profileIn(text: string | null): VisitorProfile {
  if (text === null) return nothing;
  const known = taken.get(text);
  if (known) return known;
  const { success, data: profile = nothing } = profileSchema.safeParse(JSON.parse(text));
  if (success) taken.set(text, profile);
  return profile;
}

/** Changes a profile such that nothing is lost of what other processes note at the same time. */
async function changeProfile(
  cache: Cache,
  key: string,
  change: (profile: VisitorProfile) => VisitorProfile,
): Promise<VisitorProfile> {
  for (let attempt = 1; ; attempt += 1) {
    const text = await cache.get(key);
    const before = profileIn(text);
    const after = change(before);
    if (after === before) return before;
    const next = JSON.stringify(after);
    taken.set(next, after);
    const seconds = after.happenings.length > 0 ? keptSeconds : keptSecondsOfNothing;
    if (await cache.replace(key, text, next, seconds)) return after;
    if (attempt === mostTries) {
      await cache.set(key, next, seconds);
      return after;
    }
    // Two that take turns would let the same one win each time: who lost waits a little longer each time, in ms.
    if (attempt > 2) await delay(attempt);
  }
}

/**
 * Lets visitors' interest follow what they just did, in Redis where the cache is there, else in the process.
 * Nobody's doings touch anybody else's interest.
 */
export async function noteSignals(services: Needs, signals: readonly Signal[]): Promise<void> {
  const byVisitor = Map.groupBy(signals, (one) => keyOf(one.shopId, one.visitorId));
  await Promise.all(
    [...byVisitor].map(([key, own]) =>
      inTurn(services.cache, key, () =>
        changeProfile(services.cache, key, (before) => takeIn(before, own.map(toHappening))),
      ),
    ),
  );
}

/**
 * What the person behind a visitor is after now, on all of their browsers. Which these are is asked once a minute,
 * together with what the visitor did: whoever asks is most often new here, and waits.
 */
export async function readInterestOfPerson(
  services: Needs,
  shopId: ShopId,
  visitorId: string,
): Promise<VisitorInterest> {
  const key = `browsers:${shopId}:${visitorId}`;
  const known = await services.cache.get(key);
  if (known !== null) return readInterest(services, shopId, known.split(' '));
  const since = rememberedSince(services.clock.now());
  const { visitorIds, latest } = await findPerson(services.db, shopId, visitorId, since);
  await services.cache.set(key, visitorIds.join(' '), browsersSeconds);
  return readInterest(services, shopId, visitorIds, new Map([[visitorId, latest]]));
}

const rememberedSince = (now: Date): Date => new Date(now.getTime() - rememberedDays * 86_400_000);

/**
 * What these visitors (one person's browsers) are after now. One that the cache does not know whole is completed
 * from the stored signals.
 * @param told stored signals of some of them, read a moment ago
 */
export async function readInterest(
  services: Needs,
  shopId: ShopId,
  visitorIds: readonly string[],
  told: ReadonlyMap<string, readonly Happening[]> = new Map(),
): Promise<VisitorInterest> {
  const now = services.clock.now();
  const profiles = await Promise.all(
    visitorIds.map((visitorId) => {
      const key = keyOf(shopId, visitorId);
      return inTurn(services.cache, key, async () => {
        const held = profileIn(await services.cache.get(key));
        if (!lacksStored(held, now)) return held;
        const stored =
          told.get(visitorId) ?? (await fetchLatestSignals(services.db, shopId, visitorId, rememberedSince(now)));
        return changeProfile(services.cache, key, (profile) => completed(profile, stored, now));
      });
    }),
  );
  const happenings = profiles.flatMap((profile) => profile.happenings).sort((a, b) => a[4] - b[4]);
  return interestOf(happenings, now);
}

/**
 * Forgets what the cache holds of these visitors. For some minutes it says so instead of nothing: what they did is gone
 * from the database only at the end of the caller's transaction, and a question under way has read it already.
 */
export async function forgetInterest(cache: Cache, shopId: ShopId, visitorIds: readonly string[]): Promise<void> {
  await Promise.all(
    visitorIds.map((visitorId) => cache.set(keyOf(shopId, visitorId), JSON.stringify(forgotten), keptSecondsOfNothing)),
  );
}
