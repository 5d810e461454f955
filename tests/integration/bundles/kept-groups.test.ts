import { describe, expect, it } from 'vitest';
import { getWholeBundle, keepFoundGroups, liveBundlesForPublication, readOffers } from '#app/domains/bundles/index.ts';
import { defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { loadMerchandising } from '#app/domains/recommendations/merchandising/apply-to-list.ts';
import type { Rule, RuleFormInput } from '#app/domains/recommendations/index.ts';
import { changingRules, saveRule } from '#app/flows/rule-offers.ts';
import { readOfferSides } from '#app/infra/offer-products.ts';
import { seedProducts } from './catalog.ts';
import { context, now, setUpBundleShops } from './shop.ts';

const { inShop, shops } = setUpBundleShops();
const tags = (...names: string[]) => ({ kind: 'tags' as const, names });

async function saved(values: Partial<RuleFormInput>): Promise<Rule> {
  const form = {
    ...{ title: 'Cup with the tea', action: 'suggest', status: 'on', surfaces: ['cart'], strengthPercent: 0 },
    ...{ savingBps: 2000, bundleId: null, startsAt: null, endsAt: null },
    ...values,
  };
  const result = await changingRules(() =>
    inShop((scope) => saveRule(scope, { id: null, revision: 0, form: form }, context)),
  );
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

const tag = (id: string, name: string) =>
  inShop(
    ({ tx, shopId }) =>
      tx.$executeRaw`UPDATE product SET tags = ARRAY[${name}] WHERE shop_id = ${shopId}::uuid AND id = ${id}`,
  );

const publish = () =>
  inShop(async (scope) => {
    const asked = { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: '' };
    const live = await liveBundlesForPublication(scope, asked);
    await keepFoundGroups(scope, live.found);
    return live;
  });

const reduced = async (): Promise<string[]> =>
  (await inShop(readOffers)).flatMap(({ items }) =>
    items.flatMap(({ role, productId }) => (role === 'get' ? [productId] : [])),
  );

async function seedShelf(): Promise<void> {
  const { database, shop } = shops();
  const one = (id: string) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 100 }] });
  await seedProducts(database, shop, [one('21'), one('22'), one('23')]);
  await tag('22', 'Sale');
}

const sides = async (rule: Rule) => (await inShop((scope) => readOfferSides(scope, [rule.id]))).get(rule.id);
async function changedTo(rule: Rule, values: Partial<RuleFormInput>): Promise<void> {
  const form = { ...rule, startsAt: null, endsAt: null, ...values } as unknown as RuleFormInput;
  const changed = await changingRules(() =>
    inShop((scope) => saveRule(scope, { id: rule.id, revision: rule.revision, form }, context)),
  );
  expect(changed).toMatchObject({ ok: true });
}

describe('products of an offer for whatever has a tag', () => {
  it('are searched for until it is published first', async () => {
    await seedShelf();
    await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
    expect(await reduced()).toEqual(['22']);
    await tag('23', 'Sale');
    expect(await reduced()).toEqual(['22', '23']);
  });

  it('stay as published wherever they are read, until the next publication', async () => {
    await seedShelf();
    const rule = await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
    await publish();
    await tag('23', 'Sale');
    await tag('22', 'Other');
    expect(await reduced()).toEqual(['22']);
    const page = await inShop((scope) => getWholeBundle(scope, rule.id));
    expect(page?.offer.items.map(({ productId }) => productId)).toEqual(['21', '22']);
    const live = await publish();
    expect(live.offers[0]?.items.map(({ productId }) => productId)).toEqual(['21', '23']);
    expect(await reduced()).toEqual(['23']);
  });

  it('are kept without another revision or time of change: nobody has edited the offer', async () => {
    await seedShelf();
    const rule = await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
    const standing = () =>
      inShop(({ tx, shopId }) =>
        tx.bundle.findUniqueOrThrow({
          where: { shopId_id: { shopId, id: rule.id } },
          select: { revision: true, updatedAt: true },
        }),
      );
    const before = await standing();
    await publish();
    await tag('23', 'Sale');
    await publish();
    expect(await standing()).toEqual(before);
  });

  it('are searched for again where the rule means something else since', async () => {
    await seedShelf();
    await tag('23', 'New');
    const rule = await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
    await publish();
    await changedTo(rule, { target: tags('new') });
    expect(await reduced()).toEqual(['23']);
    // Not those of what it meant before.
    expect(await sides(rule)).toEqual({ buy: null, get: null });
    await publish();
    expect(await sides(rule)).toEqual({ buy: null, get: new Set(['23']) });
  });

  it('are forgotten where the rule names its products itself since', async () => {
    await seedShelf();
    const rule = await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
    await publish();
    expect(await sides(rule)).toEqual({ buy: null, get: new Set(['22']) });
    await changedTo(rule, { target: { kind: 'products', ids: ['23'] } });
    expect(await sides(rule)).toEqual({ buy: null, get: null });
    await publish();
    expect(await sides(rule)).toEqual({ buy: null, get: null });
    const kept = await inShop(({ tx, shopId }) =>
      tx.bundle.findUniqueOrThrow({ where: { shopId_id: { shopId, id: rule.id } } }),
    );
    expect(kept.groupProducts).toEqual([]);
  });

  it('are kept beside those of before while a publication is under way, for all offers of that tag', async () => {
    await seedShelf();
    await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
    await publish();
    await tag('22', 'Other');
    await tag('23', 'Sale');
    await saved({ title: 'Younger', condition: { kind: 'products', ids: ['1'] }, target: tags('sale') });
    const asked = { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: '' };
    const live = await inShop((scope) => liveBundlesForPublication(scope, asked));
    await inShop((scope) => keepFoundGroups(scope, live.foundOrKept));
    expect((await reduced()).toSorted()).toEqual(['22', '22', '23', '23']);
    await inShop((scope) => keepFoundGroups(scope, live.found));
    expect(await reduced()).toEqual(['23', '23']);
  });
});

it('of more products than an offer holds, it is for the best sellers, and suggestions name it only for those', async () => {
  const { database, shop } = shops();
  const ids = Array.from({ length: 252 }, (_, at) => String(7_000 + at));
  await seedProducts(
    database,
    shop,
    ids.map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 100 }] })),
  );
  await inShop(
    ({ tx, shopId }) =>
      tx.$executeRaw`UPDATE product SET tags = '{Sale}' WHERE shop_id = ${shopId}::uuid AND id = ANY(${ids})`,
  );
  const sold = { productId: '7251', quantity: 1, unitPriceMinor: 1000n };
  await inShop(async ({ tx, shopId }) => {
    const money = { currency: 'USD', subtotalMinor: 1000n, discountMinor: 0n, totalMinor: 1000n };
    await tx.order.create({ data: { shopId, id: 'o1', placedAt: now, platformUpdatedAt: now, ...money } });
    await tx.orderLine.create({ data: { shopId, orderId: 'o1', id: '1', ...sold } });
  });
  const rule = await saved({ condition: { kind: 'products', ids: ['1'] }, target: tags('sale') });
  expect(await inShop((scope) => readOfferSides(scope, [rule.id]))).toEqual(new Map());
  const live = await publish();
  // In the order of their ids, whatever sold how well: what is published does not change with every sale.
  const held = live.offers[0]?.items.flatMap(({ role, productId }) => (role === 'get' ? [productId] : []));
  expect(held).toEqual([...ids.slice(0, 249), '7251']);
  const { offers } = await inShop((scope) => loadMerchandising(scope, now));
  const sides = offers?.get(rule.id);
  expect([sides?.buy, sides?.get?.size]).toEqual([null, 250]);
  expect(ids.map((id) => sides?.get?.has(id))).toEqual(ids.map((id, at) => at < 249 || id === '7251'));
});

it('a publication says whether it found something else than before', async () => {
  await seedShelf();
  await saved({ condition: { kind: 'products', ids: ['21'] }, target: tags('sale') });
  const keep = () =>
    inShop(async (scope) => {
      const asked = { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: '' };
      return keepFoundGroups(scope, (await liveBundlesForPublication(scope, asked)).found);
    });
  expect([await keep(), await keep()]).toEqual([true, false]);
  await tag('23', 'Sale');
  expect([await keep(), await keep()]).toEqual([true, false]);
});
