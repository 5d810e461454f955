import { largerOff, type MostOff, type MostOffOrder } from '#app/domains/incentives/index.ts';

/** What may come off each product at most, basis points of its price, so that the merchant's margin is left. */
export interface CodeGuard {
  /** of products that are not named */
  readonly rest: number;
  readonly products: ReadonlyMap<string, number>;
  /** left out where nothing that comes off goods may stand beside a code */
  readonly beside?: BesideGuard;
}

/**
 * What else comes off goods in a cart with a code of ours. Its program knows neither the bundles of the cart nor what
 * another code is worth, so that it leaves to each what it takes at most.
 */
export interface BesideGuard {
  /** classes of discounts that stand together, by the merchant's matrix or still by the store's codes */
  readonly pairs: BesidePairs;
  /** by product, what offers of ours take */
  readonly off: ReadonlyMap<string, MostOff>;
  /** the same of products that are not named */
  readonly restOff: MostOff | null;
  readonly order: MostOffOrder | null;
  /** what each other code that was entered takes */
  readonly others: Pick<MostOff, 'basisPoints' | 'minor'>;
}

export interface BesidePairs {
  readonly productProduct: boolean;
  readonly productOrder: boolean;
  readonly orderOrder: boolean;
  /** these two only where the store has codes of ours that make shipping free */
  readonly productShipping: boolean;
  readonly orderShipping: boolean;
}

/** The bit of each in the guard's text. */
const bitOf = { productProduct: 1, productOrder: 2, orderOrder: 4, productShipping: 8, orderShipping: 16 } as const;
const pairNames = Object.keys(bitOf) as (keyof BesidePairs)[];
const allPairs = 31;

/** What a product can bear. */
export interface Room {
  readonly productId: string;
  readonly roomBps: number;
  readonly priceMinor: number;
}

/** What a metafield of a Function may hold. Source: shopify.dev, Functions, limitations. */
export const configBytes = 10_000;

/** How many products a guard can name at most: the shortest ids have one digit. */
export const mostGuarded = 2_000;

/**
 * The guard as the checkout reads it: version; basis points of products that are not named; `product:points` of as many
 * as there is room for. The others get what the weakest without room has. Beside other discounts of goods version 2:
 * what offers take off a product follows its points (basis points, minor units, least price, units of the cart), and
 * there follow pairs of classes; what they take off any other product; the order's goals; other codes.
 * @param weakest products that can bear least; the strongest of them stands for all that are not told
 * @param also others that offers reduce
 */
export function encodeCodeGuard(
  weakest: readonly Room[],
  beside: Omit<BesideGuard, 'restOff'> | null = null,
  also: readonly Room[] = [],
): string {
  const off = beside?.off ?? new Map<string, MostOff>();
  const byRoom = [...weakest, ...also].sort((a, b) => leftOf(a, off) - leftOf(b, off));
  const named: string[] = [];
  // The longest that the other parts can be.
  let bytes = beside ? 150 : 'v;10000;'.length;
  let rest = Math.max(0, ...weakest.map(({ roomBps }) => roomBps));
  let restOff: MostOff | null = null;
  let isFull = false;
  for (const { productId, roomBps } of byRoom) {
    const most = off.get(productId);
    const entry = most ? `${productId}:${roomBps}:${cellsOf(most)}` : `${productId}:${roomBps}`;
    bytes += entry.length + 1;
    isFull ||= bytes > configBytes;
    if (!isFull) {
      named.push(entry);
      continue;
    }
    rest = Math.min(rest, roomBps);
    if (most) restOff = restOff ? largerOff(restOff, most) : most;
  }
  const head = `${rest};${named.join(',')}`;
  if (!beside) return `1;${head}`;
  const { pairs, order, others } = beside;
  const bits = pairNames.reduce((sum, name) => sum + (pairs[name] ? bitOf[name] : 0), 0);
  const goals = order ? `${order.fromMinor}:${order.basisPoints}:${order.minor}` : '';
  return `2;${head};${bits};${restOff ? cellsOf(restOff) : ''};${goals};${others.basisPoints}:${others.minor}`;
}

const cellsOf = ({ basisPoints, minor, leftMinor, units }: MostOff): string =>
  `${basisPoints}:${minor}:${leftMinor ?? ''}:${units}`;

/** What is left of a product's room beside offers of ours, basis points: who has least is named first. */
function leftOf({ productId, roomBps, priceMinor }: Room, off: ReadonlyMap<string, MostOff>): number {
  const most = off.get(productId);
  if (!most) return roomBps;
  const minor = Math.max(most.minor, most.leftMinor === null ? 0 : priceMinor - most.leftMinor);
  return roomBps - Math.max(most.basisPoints, priceMinor > 0 ? (minor * 10_000) / priceMinor : 0);
}

/** Reads a guard; null for what is none, and then no code takes anything off. */
export function decodeCodeGuard(text: string): CodeGuard | null {
  const [version, head, entries = '', ...more] = text.split(';');
  const isTwo = version === '2';
  const rest = whole(head);
  if (rest < 0 || (!isTwo && version !== '1') || text.split(';').length !== (isTwo ? 7 : 3)) return null;
  const products = new Map<string, number>();
  const off = new Map<string, MostOff>();
  for (const entry of entries === '' ? [] : entries.split(',')) {
    const [id = '', points, ...cells] = entry.split(':');
    const room = whole(points);
    const most = readMost(cells);
    if (!/^\d+$/.test(id) || room < 0 || (cells.length > 0 && (!isTwo || !most))) return null;
    products.set(id, room);
    if (most) off.set(id, most);
  }
  if (!isTwo) return { rest, products };
  const beside = readBeside(more, off);
  return beside && { rest, products, beside };
}

function readBeside(
  [bitsText, restText = '', orderText = '', othersText = '']: readonly string[],
  off: ReadonlyMap<string, MostOff>,
): BesideGuard | null {
  const bits = whole(bitsText);
  const restOff = restText === '' ? null : readMost(restText.split(':'));
  const order = orderText === '' ? null : orderText.split(':').map(whole);
  const others = othersText.split(':').map(whole);
  const [fromMinor = -1, goalBps = -1, goalMinor = -1] = order ?? [];
  const [basisPoints = -1, minor = -1] = others;
  const isSound =
    bits >= 0 &&
    bits <= allPairs &&
    (restText === '' || restOff !== null) &&
    (order === null || (order.length === 3 && order.every((cell) => cell >= 0))) &&
    others.length === 2 &&
    basisPoints >= 0 &&
    minor >= 0;
  if (!isSound) return null;
  return {
    pairs: {
      productProduct: (bits & bitOf.productProduct) !== 0,
      productOrder: (bits & bitOf.productOrder) !== 0,
      orderOrder: (bits & bitOf.orderOrder) !== 0,
      productShipping: (bits & bitOf.productShipping) !== 0,
      orderShipping: (bits & bitOf.orderShipping) !== 0,
    },
    off,
    restOff,
    order: order && { fromMinor, basisPoints: goalBps, minor: goalMinor },
    others: { basisPoints, minor },
  };
}

function readMost(cells: readonly string[]): MostOff | null {
  const [basisPoints, minor, left, units] = cells.map(whole);
  if (cells.length !== 4 || basisPoints === undefined || minor === undefined || units === undefined) return null;
  if (basisPoints < 0 || minor < 0 || units < 0 || (left === -1 && cells[2] !== '')) return null;
  return { basisPoints, minor, leftMinor: left === undefined || left < 0 ? null : left, units };
}

/** A whole number of at most 13 digits; -1 for anything else. */
const whole = (text: string | undefined): number => (text !== undefined && /^\d{1,13}$/.test(text) ? Number(text) : -1);
