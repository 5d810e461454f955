import { describe, expect, it } from 'vitest';
import type { Browser } from './fixture.ts';
import { createTestStorefront } from './fixture.ts';
import { base, item, pageWith, percent, products, shopWith } from './offer-shop.ts';

const texts = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map((match) => match[1] ?? '');

describe('the second script', () => {
  const more = /<script src="[^"]*\/trellis-more\.js" defer>/;

  it('is asked for beside the first one where an offer needs it, and nowhere else', async () => {
    const set = { kind: 'fixed', discount: percent(1000), items: [item('1'), item('2')] };
    const html = await pageWith(set);
    expect(html).toContain('data-kind="fixed"');
    expect(html).not.toMatch(more);
    const items = [item('1', 'buy'), item('3', 'get')];
    const pair = { kind: 'together-offer', items, terms: { basisPoints: 1000, timesPerOrder: 1 } };
    const withChoice = await pageWith(pair);
    expect(withChoice).toContain('data-kind="choice"');
    expect(withChoice).toMatch(more);
  });
});

describe('quantity breaks', () => {
  const breaks = {
    kind: 'quantity-breaks',
    items: [item('1')],
    terms: {
      per: 'product',
      tiers: [
        { units: 2, value: percent(1000) },
        { units: 4, value: { type: 'amount', minor: 150 } },
        { units: 6, value: { type: 'price', minor: 600 } },
      ],
    },
  };

  it('says the price of a unit for each tier, by percentage, amount and price', async () => {
    const html = await pageWith(breaks);
    expect(texts(html, /data-each>([^<]+)</g)).toEqual(['€8,10', '€7,50', '€6,00']);
    expect(html).toContain('An &lt;offer&gt;');
    expect(html).toContain('Save 10%');
  });

  it('adds that many by a plain form', async () => {
    const shop = await shopWith(breaks);
    const browser = shop.browser();
    const [form = ''] = /<form[^>]*>(?:(?!<\/form>)[\s\S])*trellis-tier[\s\S]*?<\/form>/.exec(
      (await browser.html('/products/product-1')).split('data-kind="breaks"')[1] ?? '',
    ) ?? [''];
    await browser.post('/cart/add', fieldsOf(form, { quantity: '4' }));
    expect(await unitsIn(browser)).toEqual({ '10': 4 });
  });

  it('offers no tier that the stock does not reach, and none in a currency that it does not know', async () => {
    const more = { ...breaks, terms: { ...breaks.terms, tiers: [{ units: 50, value: percent(1000) }] } };
    expect(await pageWith(more)).not.toContain('data-trellis="bundle"');
    const html = await pageWith(breaks, 'USD');
    expect(texts(html, /data-each>([^<]+)</g)).toEqual(['$8.10']);
  });
});

describe('build a box', () => {
  const box = {
    kind: 'build-a-box',
    items: [item('1'), item('2'), item('4')],
    terms: {
      minUnits: 2,
      maxUnits: 5,
      tiers: [
        { units: 2, discount: percent(1000) },
        { units: 4, discount: { type: 'amount', minor: 900 } },
      ],
    },
  };

  it('says its sizes and what each saves, and leaves out what is sold out', async () => {
    const html = await pageWith(box);
    expect(html).toContain('Pick 2 to 5.');
    expect(html).toContain('2 or more: save 10%');
    expect(html).toContain('4 or more: save €9,00');
    const tiers = texts(html, /data-tiers="([^"]*)"/g)[0]?.replaceAll(/&(quot|#34);/g, '"') ?? '';
    expect(JSON.parse(tiers)).toEqual([
      { units: 2, bps: 1000, off: 0 },
      { units: 4, bps: 0, off: 900 },
    ]);
    expect(texts(html, /name="items\[(\d+)\]\[quantity\]"/g)).toEqual(['10', '11', '20']);
  });

  it('is filled for each visitor where the merchant wants it, by the second script', async () => {
    const assembled = await pageWith({ ...box, terms: { ...box.terms, assembled: true } });
    expect(texts(assembled, /data-assemble="(\d*)&amp;box=[\da-f-]{36}"/g)).toEqual(['1']);
    expect(texts(assembled, /data-product="(\d+)"/g)).toEqual(['1', '1', '2']);
    expect(assembled).toContain('Begun with what suits you.');
    expect(assembled).toMatch(/src="[^"]*trellis-more\.js/);
    expect(await pageWith(box)).not.toMatch(/data-assemble|Begun with/);
  });

  it('stands on any page as a section of its own', async () => {
    const shop = await shopWith(box);
    expect(await shop.browser().html('/')).not.toContain('data-kind="box"');
    shop.store.put('themeBlocks', { handle: 'build-a-box', active: true, settings: { product: 'product-1' } });
    expect(await shop.browser().html('/')).toContain('Build your box');
  });
});

describe('offers with a choice', () => {
  const buyGet = {
    kind: 'buy-x-get-y',
    items: [item('1', 'buy', '11'), item('4', 'get'), item('3', 'get')],
    terms: { buyUnits: 2, getUnits: 1, value: percent(5000), timesPerOrder: 1 },
  };

  it.each([
    ['buy X get Y', buyGet, 'Buy 2, get 1 for 50% less.', '€15,00'],
    [
      'buy X get Y free',
      { ...buyGet, terms: { ...buyGet.terms, value: percent(10_000) } },
      'Buy 2, get 1 free.',
      'Free',
    ],
    [
      'buy X get Y at a price',
      { ...buyGet, terms: { ...buyGet.terms, value: { type: 'price', minor: 1000 } } },
      'Buy 2, get 1 for €10,00 each.',
      '€10,00',
    ],
    [
      'a gift',
      {
        kind: 'gift',
        items: [item('1', 'buy'), item('3', 'gift')],
        terms: { trigger: { type: 'buy', units: 3 }, timesPerOrder: 1 },
      },
      'Buy 3 and get a gift.',
      'Free',
    ],
    [
      'a pair',
      {
        kind: 'together-offer',
        items: [item('1', 'buy'), item('3', 'get')],
        terms: { basisPoints: 1500, timesPerOrder: 1 },
      },
      'Add one of these and save 15% on it.',
      '€25,50',
    ],
  ])('%s says what it takes and what it gives', async (_kind, offer, sentence, price) => {
    const html = await pageWith(offer);
    expect(html).toContain(sentence);
    expect((html.split('data-kind="choice"')[1] ?? '').split('</form>')[0]).toContain(price);
    expect(html).not.toContain('Translation missing');
  });

  it('puts both into the cart by a plain form, without what is sold out and of the right variant', async () => {
    const browser = (await shopWith(buyGet)).browser();
    const html = await browser.html('/products/product-1');
    const form = (html.split('data-kind="choice"')[1] ?? '').split('</form>')[0] ?? '';
    await browser.post('/cart/add', fieldsOf(form));
    expect(await unitsIn(browser)).toEqual({ '11': 2, '30': 1 });
  });

  it('is not shown on the page of what is given', async () => {
    const shop = await createTestStorefront(products);
    shop.publish('3', { bundles: [{ ...base, ...buyGet }], bundleProducts: ['1', '3'] });
    expect(await shop.browser().html('/products/product-3')).not.toContain('data-kind="choice"');
  });
});

/** The fields that a browser without JavaScript would send: of tick boxes and radios only what is checked. */
function fieldsOf(form: string, pressed: Record<string, string> = {}): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const value = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
    const name = value('name');
    const choice = /type="(radio|checkbox)"/.test(tag);
    if (name && (!choice || /\schecked/.test(tag))) fields.append(name, value('value') ?? '');
  }
  for (const [name, value] of Object.entries(pressed)) fields.append(name, value);
  return fields;
}

async function unitsIn(browser: Browser): Promise<Record<string, number>> {
  const { items } = await browser.json<{ items: { variant_id: number; quantity: number }[] }>('/cart.js');
  return Object.fromEntries(items.map((line) => [String(line.variant_id), line.quantity]));
}
