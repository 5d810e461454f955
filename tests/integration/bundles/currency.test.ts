import { expect, it } from 'vitest';
import {
  foreignBundles,
  liveBundlesForPublication,
  noteCurrency,
  readOffers,
  setBundleStatus,
  duplicateBundle,
  updateBundle,
} from '#app/domains/bundles/index.ts';
import { defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { context, form, now, setUpBundleShops, valueOf } from './shop.ts';

const test = setUpBundleShops();
const { inShop, create } = test;

const live = async (currency: string): Promise<string[]> => {
  const found = await inShop((scope) =>
    liveBundlesForPublication(scope, { now, currency, rules: defaultIncentiveRules, discountTitle: '' }),
  );
  return found.offers.map(({ title }) => title).sort();
};
const sellIn = (currency: string) =>
  inShop(({ tx, shopId }) => tx.shop.update({ where: { id: shopId }, data: { currency } }));

it('a bundle with amounts gives nothing once the shop sells in another currency, until they are entered anew', async () => {
  await sellIn('USD');
  const amount = { discount: { type: 'amount', minor: 200 }, title: 'Two off' } as const;
  const bundle = await create(amount);
  await create({ title: 'A tenth off' });
  expect(await live('USD')).toEqual(['A tenth off', 'Two off']);
  expect(await inShop((scope) => foreignBundles(scope, 'USD'))).toEqual([]);

  await sellIn('JPY');
  expect(await live('JPY')).toEqual(['A tenth off']);
  expect((await inShop(readOffers)).map(({ title }) => title)).toEqual(['A tenth off']);
  const foreign = await inShop((scope) => foreignBundles(scope, 'JPY'));
  expect(foreign).toEqual([{ id: bundle.id, title: 'Two off', currency: 'USD' }]);
  // It is switched off, not changed: the old currency brings it back.
  expect(await live('USD')).toEqual(['A tenth off', 'Two off']);

  valueOf(await inShop((scope) => updateBundle(scope, bundle.id, bundle.revision, form(amount), context)));
  expect(await live('JPY')).toEqual(['A tenth off', 'Two off']);
  expect(await inShop((scope) => foreignBundles(scope, 'JPY'))).toEqual([]);
});

it('what was entered before currencies were kept is of the currency of its next publication, at any depth', async () => {
  await create({ title: 'Two off', discount: { type: 'amount', minor: 200 } });
  const goals = { tiers: [{ thresholdMinor: 5000, reward: { type: 'free-shipping' } }] };
  await inShop(({ tx, shopId }) =>
    tx.bundle.updateMany({ where: { shopId }, data: { currency: null, kind: 'cart-goals', terms: goals } }),
  );
  expect(await live('EUR')).toHaveLength(1);
  await inShop((scope) => noteCurrency(scope, 'EUR'));
  expect(await live('EUR')).toHaveLength(1);
  expect(await live('GBP')).toEqual([]);
});

it('a copy has the currency of what it was copied from, and gives nothing either', async () => {
  await sellIn('USD');
  const bundle = await create({ discount: { type: 'amount', minor: 200 }, title: 'Two off' });
  await sellIn('JPY');
  const copy = valueOf(await inShop((scope) => duplicateBundle(scope, bundle.id, ' (copy)', context)));
  await inShop((scope) => setBundleStatus(scope, copy.id, 'active', context));
  expect((await inShop((scope) => foreignBundles(scope, 'JPY'))).map(({ id }) => id)).toContain(copy.id);
  expect(await live('JPY')).toEqual([]);
});
