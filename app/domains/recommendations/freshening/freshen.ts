import type { ShopScope } from '#app/infra/database.ts';
import { compareContent } from '../engine/content.ts';
import { chooseCandidates, type VoiceCandidate } from '../serving/choose-candidates.ts';
import { type Head, windowDays } from '../serving/head.ts';
import { hearing } from '../serving/hear.ts';
import { listsOfVoice } from '../serving/lists-of-voice.ts';
import { writeVoices } from '../serving/store.ts';
import { column, nothingViewed, packVoice, type Voice, width } from '../serving/voice.ts';
import type { Suggestion } from '../model.ts';
import { readCatalogOf, readLists } from '../store.ts';
import { upsertLists } from '../version-store.ts';
import { freshenHead } from './fresh-head.ts';
import { type FreshSales, freshenPopular } from './fresh-popular.ts';
import {
  countBaskets,
  countPairs,
  countSales,
  deletePending,
  findRelatives,
  holdActiveVersion,
  markListsStale,
  raiseRevision,
  readPending,
  readStoredHead,
  readVoiceHeads,
  readVoices,
  type Sales,
} from './store.ts';

/** Products brought up to date in one transaction. */
const mostAtOnce = 100;
/**
 * Of a product of more baskets than this the sales are counted anew, but its pairs, which takes seconds and which one more
 * hardly moves, stay as they are until the night.
 */
const mostBaskets = 20_000;
/** As the engine: a longer basket is a stock order. */
const longestBasket = 400;
const mostPairs = 200;
const mostRelatives = 200;
const mostLooks = 40;
/** Popular products that a page shows at most. */
const mostPrinted = 24;

export interface Freshened {
  readonly products: number;
  /** products whose page shows something else now */
  readonly changed: number;
  /** what every page shows of the popular products is something else now */
  readonly popular: boolean;
  /** others wait still */
  readonly more: boolean;
}

/**
 * Brings the active version's lists of the products in new orders up to date: pairs and sales are counted anew from
 * the orders, what the linear model and the descriptions say stays until the next training. Products that the
 * training did not know get lists too. So are the products that complete every cart, and the list of what is popular.
 * Personal lists stay until the next training. Everything in one transaction and from the orders as they stand, so that
 * running it twice or being killed changes nothing.
 */
export async function freshenLists(scope: ShopScope, now: Date, mostCounted = mostBaskets): Promise<Freshened> {
  const active = await holdActiveVersion(scope);
  if (active === null) return nothingFresh;
  const pending = await readPending(scope, mostAtOnce + 1);
  const taken = pending.slice(0, mostAtOnce);
  const ids = taken.map((one) => one.productId);
  const held = await readVoices(scope, active.version, ids);
  const head = await readStoredHead(scope, active.version);
  if (ids.length === 0 || head === null) return nothingFresh;
  const sales = await countSales(scope, ids, new Date(head.moment), windowDays);
  const isBusy = (id: string) => (sales.get(id)?.count ?? 0) > mostCounted;
  const fresh = await buildVoices(scope, { version: active.version, head, held, sales, isBusy }, ids);
  const revision = active.revision + 1;
  const { changed, popular } = await writeFresh(scope, active.version, revision, head, fresh, now);
  await raiseRevision(scope, active.version, revision);
  await deletePending(scope, taken);
  return { products: fresh.size, changed, popular, more: pending.length > mostAtOnce };
}

const nothingFresh: Freshened = { products: 0, changed: 0, popular: false, more: false };

interface Standing {
  readonly version: number;
  readonly head: Head;
  readonly held: ReadonlyMap<string, Voice>;
  readonly sales: ReadonlyMap<string, Sales>;
  /** of so many baskets that its pairs are not counted */
  readonly isBusy: (id: string) => boolean;
}

async function buildVoices(
  scope: ShopScope,
  { version, head, held, sales, isBusy }: Standing,
  ids: readonly string[],
): Promise<Map<string, Voice>> {
  const total = await countBaskets(scope);
  const catalog = new Set((await readCatalogOf(scope, ids)).map((one) => one.productId));
  const counted = ids.filter((id) => !isBusy(id));
  const pairs = Map.groupBy(await countPairs(scope, counted, longestBasket, mostPairs), (pair) => pair.id);
  const looks = new Map<string, ReadonlyMap<string, number>>();
  for (const id of ids) if (!held.has(id) && catalog.has(id)) looks.set(id, await compareWithRelatives(scope, id));
  const others = new Set<string>();
  for (const id of ids) {
    for (const pair of pairs.get(id) ?? []) others.add(pair.other);
    for (const other of held.get(id)?.ids ?? []) others.add(other);
    for (const other of looks.get(id)?.keys() ?? []) others.add(other);
  }
  const known = await readVoiceHeads(scope, version, [...others]);
  const grown = Math.max(0, total - head.baskets);
  const soldOf = (id: string): Pick<Voice, 'count' | 'sold'> => {
    const own = sales.get(id);
    const before = held.get(id) ?? known.get(id) ?? { count: 0, sold: [0, 0, 0, 0] };
    if (own === undefined) return before;
    const share = (k: 0 | 1 | 2) => (own.windows[k] ?? 0) / (head.windows[k] + grown + 1);
    return { count: own.count, sold: [share(0), share(1), share(2), before.sold[3]] };
  };
  const sellable = new Set(
    (await readCatalogOf(scope, [...others])).filter((one) => one.sellable).map((one) => one.productId),
  );
  const hear = hearing(head.weights);
  const voices = new Map<string, Voice>();
  // Products that the catalogue does not know have no page.
  for (const id of ids.filter((one) => catalog.has(one))) {
    const before = held.get(id);
    const candidates = new Map<string, { support: number; linear: number; likeness: number; prior?: number }>();
    before?.ids.forEach((other, index) =>
      candidates.set(other, {
        support: isBusy(id) ? (before.numbers[index * width + column.support] ?? 0) : 0,
        linear: before.numbers[index * width + column.linear] ?? 0,
        likeness: before.numbers[index * width + column.likeness] ?? 0,
        prior: before.numbers[index * width + column.prior] ?? 0,
      }),
    );
    for (const [other, likeness] of looks.get(id) ?? []) candidates.set(other, { support: 0, linear: 0, likeness });
    for (const { other, support } of pairs.get(id) ?? [])
      candidates.set(other, { linear: 0, likeness: 0, ...candidates.get(other), support });
    const chosen = [...candidates]
      .filter(([other]) => sellable.has(other))
      .map(([other, numbers]): VoiceCandidate => {
        const own = soldOf(other);
        // A pair that the training did not know is expected as often as the product sells anywhere.
        return { id: other, prior: own.sold[2], ...numbers, ...own };
      });
    const { repeatRate, gapDays, viewed } = before ?? { repeatRate: 0, gapDays: 0, viewed: nothingViewed };
    voices.set(id, chooseCandidates(hear, chosen, { total, ...soldOf(id), repeatRate, gapDays, viewed }));
  }
  return voices;
}

/** Likeness of a new product to those of its type, vendor or tags; rare words weigh as among these. */
async function compareWithRelatives(scope: ShopScope, id: string): Promise<ReadonlyMap<string, number>> {
  const relatives = await findRelatives(scope, id, mostRelatives);
  const items = await readCatalogOf(scope, [id, ...relatives]);
  const own = items.findIndex((item) => item.productId === id);
  if (own < 0) return new Map();
  const { start, item, likeness } = compareContent(items, mostLooks);
  const found = new Map<string, number>();
  for (let k = start[own] ?? 0; k < (start[own + 1] ?? 0); k += 1)
    found.set(items[item[k] ?? 0]?.productId ?? '', likeness[k] ?? 0);
  return found;
}

/** Writes voices and lists; what shows something else now. */
async function writeFresh(
  scope: ShopScope,
  version: number,
  revision: number,
  head: Head,
  fresh: ReadonlyMap<string, Voice>,
  now: Date,
): Promise<Pick<Freshened, 'changed' | 'popular'>> {
  if (fresh.size === 0) return { changed: 0, popular: false };
  const rows = [...fresh].flatMap(([id, voice]) => listsOfVoice(head, id, voice));
  const ids = [...fresh.keys()];
  const shown = async () => {
    const lists = [...(await readLists(scope, 'together', ids)), ...(await readLists(scope, 'similar', ids))];
    return new Map(
      ids.map((id) => [
        id,
        lists
          .filter((list) => list.subjectId === id)
          .map((list) => list.suggestions.map((one) => one.productId).join())
          .join(' '),
      ]),
    );
  };
  const before = await shown();
  const sellable = new Map((await readCatalogOf(scope, ids)).map((one) => [one.productId, one.sellable]));
  const selling = [...fresh].map(([id, { count, sold }]): FreshSales => ({
    ...{ id, count, sold, sellable: sellable.get(id) ?? null },
  }));
  const everybodys = freshenHead(head, selling);
  const popular = (await readLists(scope, 'popular', ['']))[0]?.suggestions ?? [];
  const fresher = freshenPopular(popular, selling);
  await writeVoices(scope, version, revision, [
    { subjectId: '', data: Buffer.from(JSON.stringify(everybodys)) },
    ...[...fresh].map(([subjectId, voice]) => ({ subjectId, data: packVoice(voice) })),
  ]);
  await upsertLists(scope, version, [...rows, { surface: 'popular', subjectId: '', suggestions: fresher }]);
  const after = await shown();
  const changed = ids.filter((id) => before.get(id) !== after.get(id));
  if (changed.length > 0) await markListsStale(scope, version, changed, now);
  const printed = (list: readonly Suggestion[]): string =>
    list
      .slice(0, mostPrinted)
      .map((one) => one.productId)
      .join();
  return { changed: changed.length, popular: printed(popular) !== printed(fresher) };
}
