import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ruleTargetSchema } from '#app/domains/recommendations/merchandising/model.ts';
import { matchesTarget } from '#app/domains/recommendations/merchandising/rules.ts';
import { readCards } from '#app/domains/recommendations/cards/store.ts';
import { findMeant, heldNames } from '#app/infra/products-meant.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { ProductsMeant } from '#app/shared/products-meant.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shop: ShopId;
beforeAll(async () => {
  database = await createTestDatabase();
  shop = await insertShop(database);
});
afterAll(() => database.drop());

// One name in several spellings, letters that change their number in lower case, and what is no name of the others.
const name = fc.constantFrom(
  'Été',
  'été',
  'ÉTÉ',
  'E\u0301te\u0301',
  'ete',
  'İzmir',
  'izmir',
  'STRASSE',
  'Straße',
  'ΟΔΟΣ',
  'οδος',
  '夏',
  'Kelvin',
  // The sign of the unit: in small letters it is a plain k.
  '\u212Aelvin',
  'kelVIN',
  '',
);
const small = fc.integer({ min: 0, max: 4 });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const variant = fc.record({
  priceMinor: small.map((price) => BigInt(price * 333)),
  costMinor: maybe(small.map((cost) => BigInt(cost * 250))),
  stock: maybe(fc.integer({ min: -2, max: 4 })),
  sellWhenOutOfStock: fc.boolean(),
  position: small,
});
const product = fc.record({
  vendor: name,
  productType: name,
  tags: fc.array(
    name.filter((one) => one !== ''),
    { maxLength: 3 },
  ),
  collectionIds: fc.subarray(['1', '2', '3']),
  status: fc.constantFrom('active', 'active', 'active', 'draft'),
  giftCard: fc.constantFrom(false, false, false, true),
  variants: fc.array(variant, { maxLength: 3 }),
});
const names = fc.array(
  name.filter((one) => one !== ''),
  { minLength: 1, maxLength: 2 },
);
const band = (end: fc.Arbitrary<number>) =>
  fc
    .tuple(maybe(end), maybe(end))
    .map(([from, to]) => ({ from, to }))
    .filter(({ from, to }) => (from ?? to) !== null);
const meant: fc.Arbitrary<ProductsMeant> = fc.oneof(
  fc.record({ kind: fc.constantFrom('tags' as const, 'vendors' as const, 'types' as const), names }),
  fc.record({ kind: fc.constant('collections' as const), ids: fc.subarray(['1', '2', '4'], { minLength: 1 }) }),
  band(small.map((price) => price * 333)).map((ends) => ({ kind: 'price' as const, ...ends })),
  band(small).map((ends) => ({ kind: 'stock' as const, ...ends })),
  // The cost of 250 at a price of 333 leaves 2492.49… of 10,000.
  band(fc.constantFrom(-5000, 0, 2492, 2493, 5000, 10_000)).map((ends) => ({ kind: 'margin' as const, ...ends })),
);
const tax = fc.constantFrom(null, 700, 1900);

it('what the catalogue is asked for is what a rule says of the products’ cards', async () => {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(product, { minLength: 1, maxLength: 12 }),
      fc.array(meant, { minLength: 8, maxLength: 8 }),
      tax,
      async (products, wishes, taxBps) => {
        await database.db.inShop(shop, async (scope) => {
          const { tx, shopId } = scope;
          await tx.variant.deleteMany({ where: { shopId } });
          await tx.product.deleteMany({ where: { shopId } });
          await tx.$executeRaw`UPDATE shop SET taxes_included = ${taxBps !== null}, learnt_tax_bps = ${taxBps}::int WHERE id = ${shopId}::uuid`;
          const at = new Date('2026-11-01T00:00:00Z');
          const rows = products.map(({ variants: _, ...one }, place) => ({ ...one, id: String(place + 1) }));
          await tx.product.createMany({
            data: rows.map((one) => ({
              ...{ ...one, shopId, handle: one.id, title: one.id, published: true },
              ...{ platformUpdatedAt: at, platformCreatedAt: at },
            })),
          });
          await tx.variant.createMany({
            data: products.flatMap(({ variants }, place) =>
              variants.map((one, nth) => ({
                ...{ ...one, shopId, productId: String(place + 1) },
                ...{ id: `${String(place + 1)}0${String(nth)}`, title: '' },
              })),
            ),
          });
          const cards = [
            ...(
              await readCards(
                scope,
                rows.map(({ id }) => id),
              )
            ).values(),
          ].filter((card) => card.sellable);
          for (const wish of wishes) {
            const target = ruleTargetSchema.safeParse(wish);
            if (!target.success) continue;
            const found = await findMeant(scope, wish, { most: 250 });
            const expected = cards.filter((card) => matchesTarget(target.data, card)).map(({ id }) => id);
            expect(found.toSorted(), JSON.stringify(wish)).toEqual(expected.toSorted());
            hits += found.length;
          }
        });
      },
    ),
    { numRuns: 60 },
  );
  expect(hits).toBeGreaterThan(50);
});

it('of a shop’s many names those are read that may be meant, each kind once', async () => {
  const at = new Date('2026-11-01T00:00:00Z');
  const own = await insertShop(database);
  const kept = {
    handle: '',
    title: '',
    status: 'active',
    published: true,
    platformUpdatedAt: at,
    platformCreatedAt: at,
  };
  await database.db.inShop(own, async (scope) => {
    await scope.tx.product.createMany({
      data: Array.from({ length: 50 }, (_, nth) => ({
        ...{ ...kept, shopId: own, id: String(nth), vendor: `Vendor ${String(nth)}` },
        tags: [`Tag ${String(nth)}`, 'été'],
      })),
    });
    const held = heldNames(scope, [
      { kind: 'tags', names: ['TAG 7', 'nothing'] },
      { kind: 'tags', names: ['tag 9'] },
      { kind: 'vendors', names: ['vendor 1'] },
    ]);
    expect([...(await held('tags'))].toSorted()).toEqual(['Tag 7', 'Tag 9', 'été']);
    expect(await held('vendors')).toEqual(['Vendor 1']);
    expect(await held('types')).toEqual([]);
    expect(held('tags')).toBe(held('tags'));
  });
});
