import { describe, expect, it } from 'vitest';
import { createTestStorefront, product, shopId } from './fixture.ts';

const bundle = {
  id: '11111111-1111-4111-8111-111111111111',
  title: 'Tea <time>',
  kind: 'fixed',
  pickCount: 0,
  discount: { type: 'percentage', basisPoints: 1500 },
  currency: 'EUR',
  startsAt: null as string | null,
  endsAt: null as string | null,
  items: [
    { productId: '1', variantId: null, quantity: 2 },
    { productId: '2', variantId: null, quantity: 1 },
  ],
};

function titles(html: string, block: string): string[] {
  const part = html.split(`data-trellis="${block}"`)[1]?.split('</section>')[0] ?? '';
  return [...part.matchAll(/data-trellis-product="(\d+)"/g)].map((match) => match[1] ?? '');
}

describe('bought together', () => {
  it('shows the published products with price, picture and total, and asks the app for nothing', async () => {
    const shop = await createTestStorefront([product(1, '9.00'), product(2, '12.50'), product(3, '20.00')]);
    shop.publish('1', { together: ['2', '3'] });
    const html = await shop.browser().html('/products/product-1');
    expect(titles(html, 'together')).toEqual(['2', '3']);
    expect(html).toContain('data-trellis-surface="together"');
    expect(html).toMatch(/data-total>€9,00</);
    expect(html).toContain('/images/products/2.svg?width=320');
    expect(html).toContain('name="items[1][id]"');
    expect(html).not.toContain('Translation missing');
  });

  it('leaves out what is sold out, unpublished, gone or the product itself', async () => {
    const shop = await createTestStorefront([
      product(1, '9.00'),
      product(2, '1.00', { variants: [{ inventoryQuantity: 0 }] }),
      product(3, '1.00', { status: 'DRAFT', publishedAt: null }),
      product(4, '4.00'),
    ]);
    shop.publish('1', { together: ['1', '2', '3', '999', '4'] });
    expect(titles(await shop.browser().html('/products/product-1'), 'together')).toEqual(['4']);
  });

  it('falls back to similar and then to popular products', async () => {
    const shop = await createTestStorefront([
      product(1, '9.00'),
      product(2, '1.00', { variants: [{ inventoryQuantity: 0 }] }),
      product(3, '3.00'),
      product(4, '4.00'),
    ]);
    shop.metafield('gid://shopify/AppInstallation/501', 'popular', 'list.product_reference', [
      'gid://shopify/Product/4',
    ]);
    shop.publish('1', { together: ['2'], similar: ['3'] });
    const first = await shop.browser().html('/products/product-1');
    expect([titles(first, 'together'), first.includes('data-trellis-surface="similar"')]).toEqual([['3'], true]);
    expect(titles(await shop.browser().html('/products/product-3'), 'together')).toEqual(['4']);
  });

  it('shows nothing where there is nothing to suggest, or the merchant switched the block off', async () => {
    const shop = await createTestStorefront([product(1, '9.00'), product(2, '2.00')]);
    expect(await shop.browser().html('/products/product-1')).not.toContain('data-trellis="together"');
    shop.publish('1', { together: ['2'] });
    expect(await shop.browser().html('/products/product-1')).toContain('data-trellis="together"');
    shop.store.put('themeBlocks', { handle: 'bought-together', active: false, settings: {} });
    expect(await shop.browser().html('/products/product-1')).not.toContain('data-trellis="together"');
  });

  it('ticks the product of the page only, and the suggestions where the merchant wants it', async () => {
    const shop = await createTestStorefront([product(1, '9.00'), product(2, '2.00'), product(3, '3.00')]);
    shop.publish('1', { together: ['2', '3'] });
    const ticked = async () => {
      const html = await shop.browser().html('/products/product-1');
      return [html.match(/type="checkbox"[^>]*checked/g)?.length, /data-total>([^<]+)</.exec(html)?.[1]];
    };
    expect(await ticked()).toEqual([1, '€9,00']);
    shop.store.put('themeBlocks', { handle: 'bought-together', active: true, settings: { preselect: true } });
    expect(await ticked()).toEqual([3, '€14,00']);
  });

  it('obeys the settings of the block', async () => {
    const shop = await createTestStorefront([product(1, '9.00'), product(2, '2.00'), product(3, '3.00')]);
    shop.publish('1', { together: ['2', '3'] });
    shop.store.put('themeBlocks', {
      handle: 'bought-together',
      active: true,
      settings: { heading: 'Nice & good', max_items: 1 },
    });
    const html = await shop.browser().html('/products/product-1');
    expect(titles(html, 'together')).toEqual(['2']);
    expect(html).toContain('Nice &amp; good');
    expect(html).toMatch(/data-total>€9,00</);
  });

  it('speaks the language of the visitor', async () => {
    const shop = await createTestStorefront([product(1, '9.00'), product(2, '2.00')]);
    shop.publish('1', { together: ['2'] });
    for (const [language, heading] of [
      ['de', 'Wird oft zusammen gekauft'],
      ['ja', 'よく一緒に購入されている商品'],
      ['fr', 'Souvent achetés ensemble'],
      ['es', 'Se compran juntos'],
    ] as const) {
      const browser = shop.browser();
      await browser.post('/localization', new URLSearchParams({ locale_code: language }));
      const html = await browser.html('/products/product-1');
      expect(html).toContain(heading);
      expect(html).not.toContain('Translation missing');
    }
  });
});

describe('bundle', () => {
  const withBundle = async (more: Partial<typeof bundle>, stock = 20) => {
    const shop = await createTestStorefront([
      product(1, '9.00', { variants: [{ inventoryQuantity: stock }] }),
      product(2, '21.00'),
    ]);
    shop.publish('1', { bundles: [{ ...bundle, ...more }], bundleProducts: ['1', '2'] });
    return shop.browser().html('/products/product-1');
  };

  it('shows price before, saving and final price, and escapes the title', async () => {
    const html = await withBundle({});
    expect(html).toContain('Tea &lt;time&gt;');
    expect(html).toMatch(/data-price-before>€39,00</);
    expect(html).toMatch(/data-price-after>€33,15</);
    expect(html).toContain('Save €5,85');
    expect(html).toContain('name="items[0][properties][_trellis_bundle]" value="11111111-1111-4111-8111-111111111111"');
  });

  it('knows yen, which have no minor unit', async () => {
    const shop = await createTestStorefront([product(1, '995'), product(2, '990')], { currency: 'JPY' });
    const items = bundle.items.map((item) => ({ ...item, quantity: 1 }));
    shop.publish('1', {
      bundles: [
        { ...bundle, items, currency: 'JPY', discount: { type: 'percentage', basisPoints: 1000 } },
        {
          ...bundle,
          id: '22222222-2222-4222-8222-222222222222',
          items,
          currency: 'JPY',
          discount: { type: 'amount', minor: 300 },
        },
      ],
      bundleProducts: ['1', '2'],
    });
    const html = await shop.browser().html('/products/product-1');
    expect([...html.matchAll(/data-price-after>(¥[\d,]+)</g)].map((match) => match[1])).toEqual(['¥1,786', '¥1,685']);
  });

  it.each([
    ['before it starts', { startsAt: '2999-01-01T00:00:00Z' }, 20],
    ['after it ended', { endsAt: '2020-01-01T00:00:00Z' }, 20],
    ['when the scarcest part does not suffice for one set', {}, 1],
    [
      'when a part is not in the store',
      { items: [...bundle.items, { productId: '77', variantId: null, quantity: 1 }] },
      20,
    ],
  ])('is not shown %s', async (_when, more, stock) => {
    expect(await withBundle(more, stock)).not.toContain('data-trellis="bundle"');
  });

  it('says how many sets the scarcest part allows', async () => {
    expect(await withBundle({}, 5)).toContain('Only 2 sets left');
  });

  it('offers a mix only while enough can be picked', async () => {
    const mix = { kind: 'mix-and-match', pickCount: 3, items: bundle.items.map((item) => ({ ...item, quantity: 1 })) };
    const html = await withBundle(mix);
    expect(html).toContain('Pick any 3.');
    expect(html).toContain('Save 15%');
    expect(html.match(/type="number"[^>]*\s+max="3"|max="3"/g)).not.toBeNull();
    const scarce = await createTestStorefront([
      product(1, '9.00', { variants: [{ inventoryQuantity: 1 }] }),
      product(2, '2.00', { variants: [{ inventoryQuantity: 1 }] }),
    ]);
    scarce.publish('1', { bundles: [{ ...bundle, ...mix }], bundleProducts: ['1', '2'] });
    expect(await scarce.browser().html('/products/product-1')).not.toContain('data-trellis="bundle"');
  });
});

describe('embed', () => {
  it('hands the script its settings and, in the cart, popular products that are not in it', async () => {
    const shop = await createTestStorefront([
      product(1, '9.00'),
      product(2, '2.00'),
      product(3, '3.00', { variants: [{ inventoryQuantity: 0 }] }),
    ]);
    shop.metafield(
      'gid://shopify/AppInstallation/501',
      'popular',
      'list.product_reference',
      ['1', '2', '3'].map((id) => `gid://shopify/Product/${id}`),
    );
    const browser = shop.browser();
    expect(await browser.html('/')).toContain(shopId);
    expect(await browser.html('/cart')).not.toContain('trellis-upsell"');
    await browser.post('/cart/add.js', { id: 10 });
    const html = await browser.html('/cart');
    expect(titles(html, 'cart')).toEqual(['2']);
    expect(html).toContain('data-products="1"');
  });

  it('leaves no trace in a store without the app', async () => {
    const shop = await createTestStorefront([product(1, '9.00')], { installed: false });
    expect(await shop.browser().html('/products/product-1')).not.toContain('trellis');
  });
});
