import type { SandboxCollection, SandboxCustomer, SandboxProduct } from '../model.ts';
import { toMinor, toText } from '../money.ts';
import { firstNames, lastNames } from './assortment.ts';
import { handleOf } from './catalog.ts';
import { guessType } from './guess-type.ts';
import { createRandom, hashText } from './random.ts';

/** What a file says of one product code. */
export interface Known {
  name: string;
  names: Map<string, number>;
  price: string;
  first: number;
  last: number;
  units: number;
}

/** An order whose lines are still being read. */
export interface OpenOrder {
  readonly id: string;
  readonly at: number;
  readonly customer: string | null;
  readonly lines: Map<string, { units: number; price: string; code: string }>;
}

/** A file's price with the digits that its currency has. */
export const atScale = (price: string, currency: string): string => toText(toMinor(price, currency), currency);

/** Products of a file, in the order of their codes. */
export function makeProducts(
  known: ReadonlyMap<string, Known>,
  currency: string,
  shift: number,
): { products: SandboxProduct[]; collections: SandboxCollection[] } {
  const handles = new Set<string>();
  const types = new Map<string, SandboxCollection>();
  const products = [...known]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, entry], index): SandboxProduct => {
      const random = createRandom(hashText(code));
      const name = [...entry.names].sort((a, b) => b[1] - a[1])[0]?.[0] ?? code;
      const title = titleCase(name);
      const plain = handleOf(title);
      const handle = handles.has(plain) ? `${plain}-${handleOf(code)}` : plain;
      handles.add(handle);
      const type = guessType(name);
      const collection = types.get(type) ?? {
        id: (450_000_000_001 + types.size).toString(),
        handle: handleOf(type),
        title: type,
      };
      types.set(type, collection);
      const at = new Date(entry.first + shift).toISOString();
      const id = (8_100_000_000_001 + index).toString();
      const price = atScale(entry.price, currency);
      const soldOut = random.chance(0.04);
      const weekly = Math.ceil(entry.units / 40);
      return {
        id,
        handle,
        title,
        descriptionHtml: `<p>${title}</p>`,
        productType: type,
        vendor: 'House brand',
        tags: [type.toLowerCase()],
        collectionIds: [collection.id],
        status: 'ACTIVE',
        publishedAt: at,
        isGiftCard: false,
        imageUrl: `/images/products/${id}.svg`,
        createdAt: at,
        updatedAt: at,
        variants: [
          {
            id: (44_100_000_000_001 + index * 10).toString(),
            inventoryItemId: (46_100_000_000_001 + index * 10).toString(),
            title: 'Default Title',
            sku: code,
            position: 1,
            price,
            compareAtPrice: null,
            unitCost: random.chance(0.85)
              ? toText(Math.round(toMinor(price, currency) * (0.35 + random.next() * 0.25)), currency)
              : null,
            tracked: true,
            inventoryQuantity: soldOut ? 0 : 20 + random.int(0, Math.max(40, weekly * 4)),
            inventoryPolicy: 'DENY',
          },
        ],
      };
    });
  return { products, collections: [...types.values()] };
}

/** `WHITE HANGING HEART T-LIGHT HOLDER` → `White Hanging Heart T-Light Holder`; mixed case stays. */
function titleCase(name: string): string {
  const clean = name.replace(/\s+/g, ' ').trim();
  return clean === clean.toUpperCase()
    ? clean
        .toLowerCase()
        .replace(/(^|[\s\-/(])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
    : clean;
}

/** Customers of a file by their id in it, with made-up names. */
export function makeCustomers(orders: readonly OpenOrder[], shift: number): Map<string, SandboxCustomer> {
  const customers = new Map<string, SandboxCustomer>();
  for (const order of orders) {
    if (order.customer === null || customers.has(order.customer)) continue;
    const random = createRandom(hashText(order.customer));
    const firstName = random.pick(firstNames);
    const lastName = random.pick(lastNames);
    const at = new Date(order.at + shift).toISOString();
    const id = (7_300_000_000_001 + customers.size).toString();
    customers.set(order.customer, {
      id,
      firstName,
      lastName,
      email: `${firstName}.${lastName}.${handleOf(order.customer)}@example.com`.toLowerCase(),
      locale: 'en',
      tags: [],
      createdAt: at,
      updatedAt: at,
    });
  }
  return customers;
}
