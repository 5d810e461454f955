import type { Crew, Work } from './crew.ts';
import { at, type History, sharedInts } from './history.ts';
import { createRowCounter } from './pair-rows.ts';
import { holdStarts, liftShrinkage, type PairSource, readPairs, rowWorks } from './pair-source.ts';

/** For each item its nearest others, best cosine first, with the three numbers that the sources read. */
export interface Neighbours {
  readonly start: Int32Array;
  readonly item: Int32Array;
  /** in how many baskets both are */
  readonly support: Int32Array;
  /** support / sqrt(baskets with one × baskets with the other) */
  readonly cosine: Float32Array;
  /** log of observed over expected joint baskets, shrunk towards 0 where the support is thin */
  readonly lift: Float32Array;
  /** in how many baskets each item is */
  readonly counts: Float64Array;
  /** all baskets */
  readonly total: number;
}

/** Neighbours kept for each of so many products: enough for any basket; fewer in a very large shop, eight million in all. */
export const neighboursKept = (products: number): number =>
  Math.max(40, Math.min(200, Math.floor(8_000_000 / products)));

/** The cosine with which a full row ends, 0 for a row with room left. */
export function lastCosine({ start, cosine, counts }: Neighbours, item: number): number {
  const end = start[item + 1] ?? 0;
  return end - (start[item] ?? 0) < neighboursKept(counts.length) ? 0 : (cosine[end - 1] ?? 0);
}

/**
 * The support of a pair without the `taken` baskets. What is left must reach the cosine `least` with which the row ends,
 * or that the pair stands in it at all would tell of what was taken out: it counts as 0 then.
 * @param cosine of the pair with all of its support
 */
export function supportLeft(support: number, taken: number, cosine: number, least: number): number {
  const left = support - taken;
  return left <= 0 || (left / support) * cosine < least ? 0 : left;
}

/** Lines that one task of a thread looks at, at least. */
const taskWork = 200_000;

/**
 * Counts co-purchases item by item through the baskets that hold it: time grows with the co-purchased pairs,
 * memory with items × `keep`.
 */
export const countNeighbours = (history: History, keep: number, crew: Crew): Neighbours =>
  beginNeighbours(history, keep, crew)();

/** Lets the crew's helpers begin to count neighbours. @returns ends it */
export function beginNeighbours(history: History, keep: number, crew: Crew): () => Neighbours {
  const source = readPairs(history, keep, crew.threads);
  const planned = plan(source, rowWorks(source), 0, history.items.length, keep);
  const room = openRoom(planned);
  const count = crew.open(neighbourWork, { source, keep, plan: planned, room }).begin(planned.borders.length - 1);
  return () => {
    count();
    return gather(source, planned, room);
  };
}

/** Rows of one range of items; chunks of one history differ in nothing but the range. */
export interface NeighbourChunk {
  readonly first: number;
  readonly rows: Neighbours;
}

/**
 * One of `of` parts of the same work, for any number of processes: a range of items whose rows cost about the same.
 * @param chunk 0 to of - 1
 */
export function countChunk(history: History, chunk: number, of: number, keep: number): NeighbourChunk {
  const source = readPairs(history, keep, 1);
  const n = history.items.length;
  const works = rowWorks(source);
  const share = works.reduce((sum, work) => sum + work + 1, 0) / of;
  const borders: number[] = [0];
  let done = 0;
  works.forEach((work, item) => {
    while (borders.length < of && done >= borders.length * share) borders.push(item);
    done += work + 1;
  });
  while (borders.length < of) borders.push(n);
  const from = borders[chunk] ?? n;
  const to = borders[chunk + 1] ?? n;
  const planned = plan(source, works, from, to, keep);
  const room = openRoom(planned);
  const work = neighbourWork.prepare({ source, keep, plan: planned, room });
  for (let task = 0; task < planned.borders.length - 1; task += 1) work(task, 0);
  return { first: from, rows: gather(source, planned, room) };
}

/** Puts all chunks of one history together, in any order; the result is that of `countNeighbours`, bit for bit. */
export function mergeChunks(chunks: readonly NeighbourChunk[]): Neighbours {
  const ordered = [...chunks].sort((a, b) => a.first - b.first || a.rows.start.length - b.rows.start.length);
  const last = ordered.at(-1)?.rows;
  const start = [0];
  for (const { rows } of ordered) {
    const before = start.at(-1) ?? 0;
    for (let row = 1; row < rows.start.length; row += 1) start.push(before + at(rows.start, row));
  }
  const all = <A extends Int32Array | Float32Array>(empty: A, of: (rows: Neighbours) => A): A => {
    let place = 0;
    for (const { rows } of ordered) {
      empty.set(of(rows), place);
      place += of(rows).length;
    }
    return empty;
  };
  const length = start.at(-1) ?? 0;
  return {
    start: Int32Array.from(start),
    item: all(new Int32Array(length), (rows) => rows.item),
    support: all(new Int32Array(length), (rows) => rows.support),
    cosine: all(new Float32Array(length), (rows) => rows.cosine),
    lift: all(new Float32Array(length), (rows) => rows.lift),
    counts: last?.counts ?? new Float64Array(0),
    total: last?.total ?? 0,
  };
}

/** How rows are shared out: borders of the tasks, and where each task has its room. */
interface Plan {
  readonly from: number;
  readonly borders: Int32Array;
  /** by task, the end last; a row is never longer than its lines and `keep` allow */
  readonly place: Int32Array;
}

function plan(source: PairSource, works: Float64Array, from: number, to: number, keep: number): Plan {
  const holdStart = holdStarts(source);
  const borders = [from];
  const places = [0];
  let work = 0;
  let place = 0;
  for (let item = from; item < to; item += 1) {
    const lines = works[item] ?? 0;
    // Itself stands once in each of its baskets. Of a very long basket some items make no pairs.
    const holds = ((holdStart[item + 1] ?? 0) - (holdStart[item] ?? 0)) / 4;
    place += Math.min(keep, lines - holds);
    work += lines;
    if (work >= taskWork || item === to - 1) {
      borders.push(item + 1);
      places.push(place);
      work = 0;
    }
  }
  return { from, borders: Int32Array.from(borders), place: Int32Array.from(places) };
}

/** Shared memory for the rows: their lengths, and the tasks' pairs, each task with its room. */
function openRoom({ from, borders, place }: Plan) {
  const length = place.at(-1) ?? 0;
  const floats = () => new Float32Array(new SharedArrayBuffer(length * 4));
  return {
    length: sharedInts((borders.at(-1) ?? from) - from),
    item: sharedInts(length),
    support: sharedInts(length),
    cosine: floats(),
    lift: floats(),
  };
}
type Room = ReturnType<typeof openRoom>;

/** Task k counts the rows between two borders. */
export const neighbourWork: Work<{ source: PairSource; keep: number; plan: Plan; room: Room }> = {
  kind: 'neighbours',
  prepare({ source, keep, plan: { from, borders, place }, room }) {
    const counter = createRowCounter(source, keep);
    return (task) => {
      let into = place[task] ?? 0;
      let filled = 0;
      const takeAway = () => {
        room.item.set(counter.item.subarray(0, filled), into);
        room.support.set(counter.support.subarray(0, filled), into);
        room.cosine.set(counter.cosine.subarray(0, filled), into);
        room.lift.set(counter.lift.subarray(0, filled), into);
        counter.clear();
        into += filled;
        filled = 0;
      };
      for (let item = borders[task] ?? 0; item < (borders[task + 1] ?? 0); item += 1) {
        if (filled > counter.room) takeAway();
        const before = filled;
        filled = counter.count(item);
        room.length[item - from] = filled - before;
      }
      takeAway();
    };
  },
};

/** Closes the gaps between the tasks' pairs, in place. */
function gather({ counts, total }: PairSource, { from, borders, place }: Plan, room: Room): Neighbours {
  const rows = room.length.length;
  const start = sharedInts(rows + 1);
  for (let row = 0; row < rows; row += 1) start[row + 1] = (start[row] ?? 0) + (room.length[row] ?? 0);
  const { item, support, cosine, lift } = room;
  for (let task = 0; task < borders.length - 1; task += 1) {
    const to = start[(borders[task] ?? 0) - from] ?? 0;
    const first = place[task] ?? 0;
    const end = first + (start[(borders[task + 1] ?? 0) - from] ?? 0) - to;
    if (first !== to) for (const array of [item, support, cosine, lift]) array.copyWithin(to, first, end);
  }
  const length = start[rows] ?? 0;
  return {
    start,
    item: item.subarray(0, length),
    support: support.subarray(0, length),
    cosine: cosine.subarray(0, length),
    lift: lift.subarray(0, length),
    counts,
    total,
  };
}

/**
 * log((joint / total) / (a / total × b / total)), multiplied by joint / (joint + 4): a pair seen once is hardly
 * believed however surprising it is. Never below 0.
 */
export function shrunkLogLift(joint: number, a: number, b: number, total: number): number {
  if (joint <= 0 || a <= 0 || b <= 0) return 0;
  return Math.max(0, Math.log((joint * total) / (a * b))) * (joint / (joint + liftShrinkage));
}
