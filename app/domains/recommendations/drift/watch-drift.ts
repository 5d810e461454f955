import type { ShopScope } from '#app/infra/database.ts';
import { readStoredHead, readVoices } from '../freshening/store.ts';
import type { Head } from '../serving/head.ts';
import { prepareRanking, rankCart, type Ranking } from '../serving/rank-cart.ts';
import { column, makeVoice, type Voice, width } from '../serving/voice.ts';
import { readActiveVersion } from '../store.ts';
import { versionStatsSchema } from '../version-stats.ts';
import { type CaseCount, hasDrifted } from './rules.ts';
import { readBasketsSince, readPastCases, writeCases } from './store.ts';

const dayMs = 86_400_000;
const mostBaskets = 300;
const suggested = 10;
const pastVersions = 7;

export interface DriftReport extends CaseCount {
  readonly drifted: boolean;
}

/**
 * Looks how often the active version would have suggested what was bought in the last day, remembers it with the
 * version and holds it against its predecessors. Only orders that the training did not know are asked about, and what
 * an order itself has added to the counts since is taken out again.
 */
export async function watchDrift(scope: ShopScope, now: Date): Promise<DriftReport> {
  const active = await readActiveVersion(scope);
  const head = active === null ? null : await readStoredHead(scope, active.version);
  if (active === null || head === null) return { cases: 0, hits: 0, drifted: false };
  const { lastOrderAt } = versionStatsSchema.parse(active.stats);
  const since = new Date(Math.max(now.getTime() - dayMs, lastOrderAt === null ? 0 : new Date(lastOrderAt).getTime()));
  const baskets = await readBasketsSince(scope, since, mostBaskets);
  const voices = await readVoices(scope, active.version, [...new Set(baskets.flat())]);
  const ranking = prepareRanking(head);
  let hits = 0;
  baskets.forEach((basket, place) => {
    const hidden = basket[place % basket.length] ?? '';
    if (isHit(head, ranking, voices, basket, hidden)) hits += 1;
  });
  const count = { cases: baskets.length, hits };
  await writeCases(scope, active.version, count);
  return { ...count, drifted: hasDrifted(count, await readPastCases(scope, active.version, pastVersions)) };
}

function isHit(
  head: Head,
  ranking: Ranking,
  voices: ReadonlyMap<string, Voice>,
  basket: readonly string[],
  hidden: string,
): boolean {
  const cart = basket.filter((id) => id !== hidden);
  const heard = cart.flatMap((id): [string, Voice][] => {
    const voice = voices.get(id);
    return voice === undefined ? [] : [[id, withoutOrder(head, voice, hidden)]];
  });
  return rankCart(ranking, new Map(heard), new Set(cart), suggested).some((one) => one.productId === hidden);
}

/** The voice as it was before this very order told that the two go together. */
function withoutOrder(head: Head, voice: Voice, hidden: string): Voice {
  const index = voice.ids.indexOf(hidden);
  if (index < 0 || voice.total <= head.baskets) return voice;
  const numbers = voice.numbers.slice();
  const at = index * width + column.support;
  numbers[at] = Math.max(0, (numbers[at] ?? 0) - 1);
  return makeVoice({ ...voice, numbers });
}
