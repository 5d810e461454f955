import { describe, expect, it } from 'vitest';
import type { ProductCard } from '../cards/model.ts';
import { packCard, unpackCard } from '../cards/pack.ts';
import { type Interest, tasteOf, wantedBy, wants } from './interest.ts';
import { createLru } from '#app/shared/lru.ts';
import { mayReturn } from './rhythm.ts';

const card = (id: string, values: Partial<ProductCard> = {}): ProductCard => ({
  id,
  handle: id,
  title: `Thing ${id}`,
  productType: 'Tee',
  vendor: 'Acme',
  tags: ['summer'],
  collectionIds: [],
  imageUrl: null,
  sellable: true,
  variant: null,
  priceMinor: 1000,
  stock: null,
  marginBps: null,
  ...values,
});
const other = (id: string) => card(id, { productType: 'Mug', vendor: 'Other', tags: ['kitchen'] });
const cards = new Map([card('1'), card('2'), other('3')].map((one) => [one.id, one]));
const taste = (interest: Partial<Interest>) => tasteOf({ products: [], words: [], ...interest }, cards);

describe('what a visitor wants', () => {
  it('is nothing where nothing is known', () => {
    expect([...cards.values()].map((one) => wants(taste({}), one))).toEqual([0, 0, 0]);
  });
  it('is the product that was looked at, then its shelf, then nothing', () => {
    const seen = taste({ products: [['1', 3]] });
    const [own = 0, shelf = 0, rest = 0] = [...cards.values()].map((one) => wants(seen, one));
    expect(own).toBeGreaterThan(shelf);
    expect(shelf).toBeGreaterThan(0.2);
    expect(rest).toBe(0);
  });
  it('is not what was taken out of the cart', () => {
    expect(wants(taste({ products: [['1', -2]] }), card('1'))).toBeLessThan(0);
  });
  it('is what the words of a search name, in title, type or tags', () => {
    const searched = taste({
      words: [
        ['mug', 2],
        ['blue', 2],
      ],
    });
    expect(wants(searched, other('3'))).toBeGreaterThan(0.1);
    expect(wants(searched, card('1'))).toBe(0);
  });
  it('is named by what speaks loudest: the product looked at, or the word searched for', () => {
    const both = taste({
      products: [
        ['1', 3],
        ['3', 1],
      ],
      words: [['kitchen', 9]],
    });
    expect(wantedBy(both, card('2'))).toEqual({ kind: 'looked-at', productId: '1', title: 'Thing 1' });
    expect(wantedBy(both, other('4'))).toEqual({ kind: 'searched', word: 'kitchen' });
    expect(wantedBy(taste({}), card('2'))).toBeNull();
    expect(wantedBy(taste({ products: [['1', -3]] }), card('1'))).toBeNull();
  });
  it('is the same of cards as they lie in memory', () => {
    const held = new Map([...cards].map(([id, one]) => [id, unpackCard(packCard(one), id)]));
    const interest: Interest = {
      products: [
        ['1', 3],
        ['3', 1],
      ],
      words: [['kitchen', 1]],
    };
    const [plain, packed] = [tasteOf(interest, cards), tasteOf(interest, held)];
    for (const [id, one] of held) {
      const usual = cards.get(id) ?? one;
      expect([wants(packed, one), wantedBy(packed, one)]).toEqual([wants(plain, usual), wantedBy(plain, usual)]);
    }
  });
  it('stays between -1 and 1 and holds for products that are gone', () => {
    const much = taste({
      products: [
        ['1', 1e9],
        ['gone', 5],
      ],
      words: [['thing', 1e9]],
    });
    for (const one of cards.values()) expect(Math.abs(wants(much, one))).toBeLessThanOrEqual(1);
  });
});

describe('what the customer has', () => {
  const now = new Date('2026-11-21T00:00:00Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  it.each<[string, { repeatRate: number; gapDays: number }, number, Date, boolean]>([
    ['lasts', { repeatRate: 0.01, gapDays: 0 }, 1, daysAgo(300), false],
    ['lasts, but they bought it twice', { repeatRate: 0.01, gapDays: 30 }, 2, daysAgo(300), true],
    ['is used up and due', { repeatRate: 0.3, gapDays: 30 }, 1, daysAgo(21), true],
    ['is used up, not yet due', { repeatRate: 0.3, gapDays: 30 }, 5, daysAgo(20), false],
    ['comes back at no known rhythm', { repeatRate: 0.3, gapDays: 0 }, 1, daysAgo(1), true],
  ])('%s', (_name, rhythm, times, at, expected) => {
    expect(mayReturn(rhythm, times, at, now)).toBe(expected);
  });
});

it('the memory stays bounded and keeps what is asked for', () => {
  const memory = createLru<number>(10);
  for (let k = 0; k < 1_000; k += 1) {
    memory.set(String(k), k);
    expect(memory.get('0')).toBe(0);
  }
  expect(
    Array.from({ length: 1_000 }, (_, k) => memory.get(String(k))).filter((one) => one !== undefined).length,
  ).toBeLessThanOrEqual(10);
  memory.delete('0');
  expect(memory.get('0')).toBeUndefined();
});
