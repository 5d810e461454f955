import type { SandboxCustomer, SandboxOrder, SandboxProduct, SandboxRefund, SandboxShop } from '../model.ts';
import { toMinor } from '../money.ts';
import { plusPlan } from '../shop-model.ts';
import type { BaseData } from '../store.ts';
import { refundedOrder, cancelledOrder } from '../store-orders.ts';
import { assortment, firstNames, lastNames } from './assortment.ts';
import { makeCatalog } from './catalog.ts';
import { assembleOrder } from './assemble-order.ts';
import { createRandom, hashText, type Random } from './random.ts';

export interface StoreSize {
  readonly products: number;
  readonly customers: number;
  readonly orders: number;
  readonly days: number;
}

export const usualSize: StoreSize = { products: 166, customers: 1200, orders: 6000, days: 730 };
const day = 86_400_000;

/** The pretend store `domain` as Shopify describes a shop. */
export function makeShop(domain: string, currency: string, timeZone: string): SandboxShop {
  const name = domain.split('.')[0] ?? domain;
  const title = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  return {
    id: (60_000_000_000 + (hashText(domain) % 1_000_000_000)).toString(),
    domain,
    name: title,
    email: `owner@${name}.example`,
    currency,
    timeZone,
    planName: plusPlan,
  };
}

/**
 * A home-goods store with a past: `size.orders` orders (about) over `size.days` days that end the day before
 * `firstStart`. The same seed and day give the same store.
 */
export function generateStore(domain: string, seed: number, firstStart: Date, size: StoreSize = usualSize): BaseData {
  const random = createRandom(seed ^ hashText(domain));
  const end = Math.floor(firstStart.getTime() / day) * day;
  const start = new Date(end - size.days * day);
  const shop = makeShop(domain, 'EUR', 'Europe/Berlin');
  const { products, collections } = makeCatalog(random, start, size.products);
  const people = makeCustomers(random, start, size);
  const { orders, refunds } = makeOrders(random, start, size, products, people);
  return { shop, products, collections, customers: people.map(({ customer }) => customer), orders, refunds };
}

interface Person {
  readonly customer: SandboxCustomer;
  readonly from: number;
  readonly until: number;
  readonly eagerness: number;
  /** types this customer likes */
  readonly likes: readonly string[];
}

function makeCustomers(random: Random, start: Date, size: StoreSize): Person[] {
  return Array.from({ length: size.customers }, (_, index): Person => {
    const from = Math.floor(size.days * random.next() ** 0.8);
    const until = random.chance(0.45) ? from + random.int(20, 300) : size.days;
    const firstName = random.pick(firstNames);
    const lastName = random.pick(lastNames);
    const at = new Date(start.getTime() + from * day + random.int(0, day - 1)).toISOString();
    const customer: SandboxCustomer = {
      id: (7_300_000_000_001 + index).toString(),
      firstName,
      lastName,
      email: `${firstName}.${lastName}.${(index + 1).toString()}@example.com`.toLowerCase(),
      locale: random.pick(['en', 'en', 'de', 'de', 'fr', 'es', 'ja']),
      tags: random.chance(0.1) ? ['newsletter'] : [],
      createdAt: at,
      updatedAt: at,
    };
    const likes = [random.pick(assortment).type, random.pick(assortment).type, random.pick(assortment).type];
    return { customer, from, until, eagerness: random.next() ** 2, likes };
  });
}

function makeOrders(
  random: Random,
  start: Date,
  size: StoreSize,
  products: readonly SandboxProduct[],
  people: readonly Person[],
): { orders: SandboxOrder[]; refunds: SandboxRefund[] } {
  const shelf = createShelf(products);
  const orders: SandboxOrder[] = [];
  const refunds: SandboxRefund[] = [];
  let line = 15_100_000_000_000;
  const nextId = (): string => (line += 1).toString();
  const share = Array.from({ length: size.days }, (_, at) =>
    demandOf(new Date(start.getTime() + at * day), at / size.days),
  );
  const total = share.reduce((sum, value) => sum + value, 0);
  for (let at = 0; at < size.days; at += 1) {
    const active = people.filter((person) => person.from <= at && at <= person.until);
    const moments = Array.from(
      { length: random.poisson((size.orders * (share[at] ?? 0)) / total) },
      () => start.getTime() + at * day + Math.floor((7 + random.next() * 15) * 3_600_000),
    ).sort((a, b) => a - b);
    for (const moment of moments) {
      const buyer = random.chance(0.18) || active.length === 0 ? null : chooseBuyer(random, active);
      const picked = fillBasket(random, shelf, buyer, new Date(moment));
      const created = assembleOrder({
        number: 1001 + orders.length,
        at: new Date(moment),
        currency: 'EUR',
        customer: buyer?.customer ?? null,
        nextId,
        email: buyer?.customer.email ?? `guest.${(orders.length + 1).toString()}@example.com`,
        lines: picked,
        percentOff: random.chance(0.06) ? 10 : 0,
      });
      const last = start.getTime() + size.days * day - 1;
      const later = new Date(Math.min(last, moment + random.int(2, 20) * day)).toISOString();
      const chance = random.next();
      if (chance < 0.015) {
        const { order, refund } = cancelledOrder(created, { nextId, at: later });
        orders.push(order);
        if (refund) refunds.push(refund);
      } else if (chance < 0.065) {
        const back = random.pick(created.lines);
        const { order, refund } = refundedOrder(
          created,
          [{ lineId: back.id, quantity: random.int(1, back.quantity) }],
          { nextId, at: later, restock: true },
        );
        orders.push(order);
        refunds.push(refund);
      } else orders.push(created);
    }
  }
  return { orders, refunds };
}

/** Growth over the years, the weeks before Christmas, weekends. */
function demandOf(date: Date, progress: number): number {
  const month = date.getUTCMonth();
  const season = [0.85, 0.85, 0.95, 1, 1, 0.9, 0.8, 0.85, 1, 1.1, 1.55, 1.6][month] ?? 1;
  return season * (0.75 + 0.5 * progress) * ([1.15, 0.95, 0.9, 0.9, 0.95, 1.05, 1.2][date.getUTCDay()] ?? 1);
}

function chooseBuyer(random: Random, active: readonly Person[]): Person {
  let best = random.pick(active);
  for (let draw = 0; draw < 3; draw += 1) {
    const other = random.pick(active);
    if (other.eagerness * random.next() > best.eagerness * random.next()) best = other;
  }
  return best;
}

interface Shelf {
  readonly byType: ReadonlyMap<
    string,
    { products: SandboxProduct[]; weights: number[]; winter: number; goesWith: readonly string[] }
  >;
  readonly types: readonly string[];
}

function createShelf(products: readonly SandboxProduct[]): Shelf {
  const byType = new Map(
    assortment.map((goods) => {
      const sold = products.filter((product) => product.productType === goods.type && product.status === 'ACTIVE');
      // Popularity falls with the rank, as it does in every shop.
      return [
        goods.type,
        {
          products: sold,
          weights: sold.map((_, rank) => 1 / (rank + 1.5)),
          winter: goods.winter,
          goesWith: goods.goesWith,
        },
      ] as const;
    }),
  );
  return { byType, types: [...byType].filter(([, entry]) => entry.products.length > 0).map(([type]) => type) };
}

function fillBasket(
  random: Random,
  shelf: Shelf,
  buyer: Person | null,
  at: Date,
): { product: SandboxProduct; quantity: number; variant: number }[] {
  const cold = (1 + Math.cos((2 * Math.PI * at.getUTCMonth()) / 12)) / 2;
  const basket = new Map<string, { product: SandboxProduct; quantity: number; variant: number }>();
  const likes = buyer?.likes.filter((type) => shelf.types.includes(type)) ?? [];
  let type =
    likes.length > 0 && random.chance(0.6)
      ? random.pick(likes)
      : (shelf.types[
          random.weighted(shelf.types.map((name) => 1 + ((shelf.byType.get(name)?.winter ?? 1) - 1) * cold))
        ] ?? random.pick(shelf.types));
  const lines = 1 + random.poisson(1.5);
  let partner: number | null = null;
  for (let line = 0; line < lines; line += 1) {
    const entry = shelf.byType.get(type);
    if (entry === undefined || entry.products.length === 0) break;
    // A complement of the same rank belongs to the product before it: insert to cover, filter to dripper.
    const rank: number =
      partner !== null && random.chance(0.55) ? partner % entry.products.length : random.weighted(entry.weights);
    const product = entry.products[rank];
    if (product === undefined) break;
    const variant = random.int(0, product.variants.length - 1);
    const price = toMinor(product.variants[variant]?.price ?? '0', 'EUR');
    basket.set(product.id, { product, variant, quantity: price < 2000 && random.chance(0.35) ? random.int(2, 6) : 1 });
    partner = rank;
    const related = entry.goesWith.filter((name) => shelf.types.includes(name));
    type = related.length > 0 && random.chance(0.72) ? random.pick(related) : random.pick(shelf.types);
    if (type !== random.pick(related.length > 0 ? related : [type]) && random.chance(0.3)) partner = null;
  }
  return [...basket.values()];
}
