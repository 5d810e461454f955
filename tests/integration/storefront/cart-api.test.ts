import { describe, expect, it } from 'vitest';
import { createTestStorefront, product } from './fixture.ts';

interface CartJson {
  item_count: number;
  total_price: number;
  attributes: Record<string, string>;
  items: { variant_id: number; quantity: number; properties: Record<string, string>; key: string }[];
}

const shopWithStock = () =>
  createTestStorefront([product(1, '9.00', { variants: [{ inventoryQuantity: 3 }] }), product(2, '12.50')]);

describe('Ajax cart', () => {
  it('adds several lines with properties in one request', async () => {
    const browser = (await shopWithStock()).browser();
    const response = await browser.post('/cart/add.js', {
      items: [{ id: 10, quantity: 2, properties: { _trellis_source: 'together' } }, { id: '20' }],
    });
    expect(response.status).toBe(200);
    expect(((await response.json()) as { items: unknown[] }).items).toHaveLength(2);
    const cart = await browser.json<CartJson>('/cart.js');
    expect([cart.item_count, cart.total_price]).toEqual([3, 3050]);
    expect(cart.items.find((line) => line.variant_id === 10)?.properties).toEqual({ _trellis_source: 'together' });
  });

  it('adds all or nothing when one of them cannot be had', async () => {
    const browser = (await shopWithStock()).browser();
    const response = await browser.post('/cart/add.js', { items: [{ id: 20 }, { id: 10, quantity: 4 }] });
    expect(response.status).toBe(422);
    expect((await browser.json<CartJson>('/cart.js')).item_count).toBe(0);
  });

  it('keeps lines apart by their properties and counts them together against the stock', async () => {
    const browser = (await shopWithStock()).browser();
    await browser.post('/cart/add.js', { id: 10, quantity: 2 });
    expect((await browser.post('/cart/add.js', { id: 10, properties: { _trellis_source: 'x' } })).status).toBe(200);
    expect((await browser.post('/cart/add.js', { id: 10, properties: { _trellis_source: 'x' } })).status).toBe(422);
    expect((await browser.json<CartJson>('/cart.js')).items.map((line) => line.quantity)).toEqual([1, 2]);
  });

  it('changes, updates and clears', async () => {
    const browser = (await shopWithStock()).browser();
    await browser.post('/cart/add.js', { items: [{ id: 10 }, { id: 20 }] });
    await browser.post('/cart/change.js', { id: '20', quantity: 5 });
    await browser.post('/cart/update.js', { updates: { 10: 0 }, attributes: { _trellis_visitor: 'v' } });
    const cart = await browser.json<CartJson>('/cart.js');
    expect(cart.items.map((line) => [line.variant_id, line.quantity])).toEqual([[20, 5]]);
    expect(cart.attributes).toEqual({ _trellis_visitor: 'v' });
    await browser.post('/cart/update.js', { attributes: { _trellis_visitor: '' } });
    expect((await browser.json<CartJson>('/cart.js')).attributes).toEqual({});
    await browser.post('/cart/clear.js', {});
    expect((await browser.json<CartJson>('/cart.js')).item_count).toBe(0);
  });

  it('takes the forms of the blocks without JavaScript; an unticked box leaves its line out', async () => {
    const browser = (await shopWithStock()).browser();
    const form = new URLSearchParams({
      'items[1][id]': '20',
      'items[1][quantity]': '2',
      'items[1][properties][_trellis_bundle]': 'b',
      'items[0][quantity]': '7',
      return_to: '/cart',
    });
    const response = await browser.post('/cart/add', form);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/cart']);
    const cart = await browser.json<CartJson>('/cart.js');
    expect(cart.items.map((line) => [line.variant_id, line.quantity, line.properties])).toEqual([
      [20, 2, { _trellis_bundle: 'b' }],
    ]);
  });

  it.each([
    ['no body', {}],
    ['an unknown variant', { id: 999 }],
    ['a negative quantity', { id: 20, quantity: -1 }],
    ['a text as id', { id: '20; drop' }],
    ['too many items', { items: Array.from({ length: 101 }, () => ({ id: 20 })) }],
  ])('answers 422 to %s', async (_what, body) => {
    const browser = (await shopWithStock()).browser();
    expect((await browser.post('/cart/add.js', body)).status).toBe(422);
    expect((await browser.json<CartJson>('/cart.js')).item_count).toBe(0);
  });

  it('returns only to its own pages', async () => {
    const browser = (await shopWithStock()).browser();
    for (const elsewhere of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      const response = await browser.post('/cart/add', new URLSearchParams({ id: '20', return_to: elsewhere }));
      expect(response.headers.get('location')).toBe('/cart');
    }
  });
});
