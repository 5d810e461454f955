import { describe, expect, it } from 'vitest';
import {
  type AnyBundleFormInput,
  createBundle,
  duplicateBundle,
  getAnyBundle,
  liveBundlesForPublication,
  previewStoredBundles,
} from '#app/domains/bundles/index.ts';
import { decodeDiscountConfigs, defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { seedProducts } from './catalog.ts';
import { context, now, setUpBundleShops, valueOf } from './shop.ts';

const head = { title: 'Offer', startsAt: null, endsAt: null, status: 'active' } as const;
const item = (productId: string, role: 'part' | 'buy' | 'get' | 'gift') =>
  ({ productId, variantId: null, quantity: 1, role }) as const;
const percent = (basisPoints: number) => ({ type: 'percentage', basisPoints }) as const;

/** A sound form of each kind with terms, over the products 1 and 2 of the test shop. */
const forms = {
  'build-a-box': {
    ...head,
    kind: 'build-a-box',
    items: [item('1', 'part'), item('2', 'part')],
    terms: { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: percent(500) }] },
  },
  'quantity-breaks': {
    ...head,
    kind: 'quantity-breaks',
    items: [item('1', 'part')],
    terms: { per: 'product', tiers: [{ units: 2, value: percent(500) }] },
  },
  'buy-x-get-y': {
    ...head,
    kind: 'buy-x-get-y',
    items: [item('1', 'buy'), item('2', 'get')],
    terms: { buyUnits: 2, getUnits: 1, value: percent(1000), timesPerOrder: 1 },
  },
  gift: {
    ...head,
    kind: 'gift',
    items: [item('1', 'buy'), item('2', 'gift')],
    terms: { trigger: { type: 'buy', units: 3 }, timesPerOrder: 1 },
  },
  'cart-goals': {
    ...head,
    kind: 'cart-goals',
    terms: {
      tiers: [
        { thresholdMinor: 5000, reward: { type: 'free-shipping' } },
        { thresholdMinor: 8000, reward: { type: 'gift', productId: '2', variantId: '21' } },
        { thresholdMinor: 9000, reward: { type: 'order-discount', value: percent(500) } },
      ],
    },
  },
  'together-offer': {
    ...head,
    kind: 'together-offer',
    items: [item('1', 'buy'), item('2', 'get')],
    terms: { basisPoints: 1000, timesPerOrder: 1 },
  },
} as const satisfies Record<string, AnyBundleFormInput>;

describe('offers of every kind', () => {
  const { shops, inShop } = setUpBundleShops();
  const create = (form: unknown) => inShop((scope) => createBundle(scope, form, context));
  const publish = () =>
    inShop((scope) =>
      liveBundlesForPublication(scope, { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: 'Offers' }),
    );

  it.each(Object.entries(forms))('stores and reads %s', async (kind, form) => {
    const created = valueOf(await create(form));
    expect(created).toMatchObject({ kind, terms: form.terms });
    const read = await inShop(async (scope) => valueOf(await getAnyBundle(scope, created.id, now)));
    expect(read.bundle).toEqual(created);
    const copy = await inShop(async (scope) => valueOf(await duplicateBundle(scope, created.id, ' (copy)', context)));
    expect(copy).toMatchObject({ kind, terms: form.terms, status: 'draft', title: 'Offer (copy)' });
  });

  it('warns of every kind whose discount the margin guard would take back, and of no other', async () => {
    const { database, shop } = shops();
    // A margin of 1.1 %, which any of the discounts would eat.
    await seedProducts(database, shop, [{ id: '31', variants: [{ id: '311', priceMinor: 1000, costMinor: 989 }] }]);
    const dear = [item('31', 'part')];
    const warned = async (form: unknown) => {
      const { bundle } = await inShop(async (scope) =>
        valueOf(await getAnyBundle(scope, valueOf(await createBundle(scope, form, context)).id, now)),
      );
      const previews = await inShop((scope) => previewStoredBundles(scope, [bundle], defaultIncentiveRules));
      return previews.get(bundle.id)?.warnings.includes('below-margin');
    };
    for (const kind of ['build-a-box', 'quantity-breaks'] as const) {
      expect({ kind, warned: await warned(forms[kind]) }).toEqual({ kind, warned: false });
      expect({ kind, warned: await warned({ ...forms[kind], items: dear }) }).toEqual({ kind, warned: true });
    }
    for (const kind of ['buy-x-get-y', 'together-offer'] as const) {
      const costly = { ...forms[kind], items: [item('31', 'buy'), item('2', 'get')] };
      const terms =
        kind === 'buy-x-get-y'
          ? { ...forms[kind].terms, value: percent(10_000) }
          : { basisPoints: 9000, timesPerOrder: 1 };
      expect({ kind, warned: await warned(forms[kind]) }).toEqual({ kind, warned: false });
      expect({ kind, warned: await warned({ ...costly, terms }) }).toEqual({ kind, warned: true });
    }
    expect(await warned({ ...forms.gift, items: [item('31', 'buy'), item('2', 'gift')] })).toBe(true);
    await inShop(({ tx }) => tx.$executeRaw`UPDATE product SET collection_ids = '{8}' WHERE id = '31'`);
    const collection = { ...forms['quantity-breaks'], items: [], collections: [{ collectionId: '8', role: 'part' }] };
    expect(await warned(collection)).toBe(true);
  });

  it('publishes each to the checkout and to the pages where it is shown', async () => {
    for (const form of Object.values(forms)) valueOf(await create(form));
    const published = await publish();
    const { byProduct, goals, discount, broken } = published;
    expect(broken).toEqual([]);
    const config = decodeDiscountConfigs(discount.configs);
    expect(config?.bundles.map(({ kind }) => kind).sort()).toEqual(Object.keys(forms).sort());
    expect(discount.classes).toEqual(['product', 'order', 'shipping']);
    expect(goals.map(({ kind }) => kind)).toEqual(['cart-goals']);
    const kindsOf = (id: string) =>
      byProduct
        .get(id)
        ?.map(({ kind }) => kind)
        .sort();
    expect(kindsOf('1')).toEqual(['build-a-box', 'buy-x-get-y', 'gift', 'quantity-breaks', 'together-offer']);
    // What is only earned with another product says nothing on its own page.
    expect(kindsOf('2')).toEqual(['build-a-box']);
  });

  it('puts the products of a collection in its place', async () => {
    await inShop(({ tx }) => tx.$executeRaw`UPDATE product SET collection_ids = '{7}' WHERE id IN ('2', '9')`);
    valueOf(
      await create({
        ...forms['build-a-box'],
        items: [item('1', 'part')],
        collections: [{ collectionId: '7', role: 'part' }],
      }),
    );
    const published = await publish();
    const [bundle] = decodeDiscountConfigs(published.discount.configs)?.bundles ?? [];
    // Product 9 is a gift card.
    expect(bundle?.items.map(({ productId }) => productId)).toEqual(['1', '2']);
    expect(shops().shop).toBeDefined();
  });

  it('leaves a bundle’s own product out of what a collection holds', async () => {
    await inShop(async ({ tx, shopId }) => {
      await tx.$executeRaw`UPDATE product SET collection_ids = '{7}' WHERE id IN ('1', '2')`;
      await tx.$executeRaw`
        INSERT INTO bundle_delivery (shop_id, bundle_id, delivery, product_id, variant_id)
        VALUES (${shopId}::uuid, gen_random_uuid(), 'native', '2', '21')`;
    });
    valueOf(await create({ ...forms['build-a-box'], items: [], collections: [{ collectionId: '7', role: 'part' }] }));
    const published = await publish();
    const [bundle] = decodeDiscountConfigs(published.discount.configs)?.bundles ?? [];
    expect(bundle?.items.map(({ productId }) => productId)).toEqual(['1']);
  });

  it.each([
    [
      'tiers that fall',
      {
        ...forms['quantity-breaks'],
        terms: {
          per: 'mixed',
          tiers: [
            { units: 4, value: percent(500) },
            { units: 2, value: percent(900) },
          ],
        },
      },
      'terms.tiers.1.units',
    ],
    [
      'a higher tier that saves less',
      {
        ...forms['quantity-breaks'],
        terms: {
          per: 'mixed',
          tiers: [
            { units: 2, value: percent(900) },
            { units: 4, value: percent(500) },
          ],
        },
      },
      'terms.tiers.1.value.basisPoints',
    ],
    [
      'a box whose largest is smaller than its smallest',
      { ...forms['build-a-box'], terms: { ...forms['build-a-box'].terms, maxUnits: 1 } },
      'terms.maxUnits',
    ],
    [
      'a gift that is bought for itself',
      { ...forms.gift, items: [item('1', 'buy'), item('1', 'gift')] },
      'items.1.productId',
    ],
    [
      'a product suggested to itself',
      { ...forms['together-offer'], items: [item('1', 'buy'), item('1', 'get')] },
      'items.1.productId',
    ],
    [
      'a gift card as a gift',
      {
        ...forms['cart-goals'],
        terms: { tiers: [{ thresholdMinor: 5000, reward: { type: 'gift', productId: '9', variantId: null } }] },
      },
      'terms.tiers.0.reward.productId',
    ],
    ['another shop’s product', { ...forms.gift, items: [item('1', 'buy'), item('77', 'gift')] }, 'items.1.productId'],
    ['nothing to buy', { ...forms['buy-x-get-y'], items: [item('2', 'get')] }, 'items'],
    ['no tier', { ...forms['cart-goals'], terms: { tiers: [] } }, 'terms.tiers'],
    ['terms of another kind', { ...forms.gift, terms: forms['build-a-box'].terms }, 'terms.trigger'],
  ])('refuses %s', async (_why, form, field) => {
    const result = await create(form);
    expect(result).toMatchObject({ ok: false, code: 'invalid' });
    expect(Object.keys((!result.ok && 'fields' in result && result.fields) || {})).toContain(field);
  });
});
