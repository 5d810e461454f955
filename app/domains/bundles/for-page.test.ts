import { expect, test } from 'vitest';
import type { ItemRole } from '#app/domains/incentives/index.ts';
import type { BundlePublication } from '#app/platforms/platform.ts';
import { forPage } from './for-page.ts';

const items = (role: ItemRole, from: number, count: number): BundlePublication['items'] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ productId: String(from + index), variantId: null, quantity: 1, role },
  }));

function offer(kind: 'buy-x-get-y' | 'build-a-box', all: BundlePublication['items']): BundlePublication {
  const head = {
    ...{ id: 'a', title: 'Offer', pickCount: 0, currency: 'EUR', startsAt: null, endsAt: null, items: all },
    discount: { type: 'percentage' as const, basisPoints: 5000 },
  };
  return kind === 'build-a-box'
    ? { ...head, kind, terms: { minUnits: 2, maxUnits: 4, tiers: [{ units: 2, discount: head.discount }] } }
    : { ...head, kind, terms: { buyUnits: 2, getUnits: 1, value: head.discount, timesPerOrder: 1 } };
}

const rolesOf = (page: BundlePublication | null): string[] =>
  (page?.items ?? []).map(({ productId, role }) => `${role ?? 'part'} ${productId}`);

test('a small offer is told whole', () => {
  const small = offer('buy-x-get-y', [...items('buy', 1, 3), ...items('get', 100, 2)]);
  expect(forPage(small, '2')).toBe(small);
});

test('of an offer on hundreds of products the page keeps its own, and all that the shopper gets', () => {
  const large = offer('buy-x-get-y', [...items('buy', 1, 300), ...items('get', 1000, 3)]);
  const page = forPage(large, '299');
  expect(page?.items).toHaveLength(50);
  expect(rolesOf(page).slice(0, 5)).toEqual(['buy 299', 'get 1000', 'get 1001', 'get 1002', 'buy 1']);
  expect(page).not.toHaveProperty('more');
});

test('where the shopper may choose among very many, the page says how many it leaves out', () => {
  const rewards = offer('buy-x-get-y', [...items('buy', 1, 1), ...items('get', 1000, 40)]);
  expect(rolesOf(forPage(rewards, '1'))).toHaveLength(13);
  expect(forPage(rewards, '1')).toMatchObject({ more: 28 });
  const box = forPage(offer('build-a-box', items('part', 1, 70)), '70');
  expect(rolesOf(box).slice(0, 2)).toEqual(['part 70', 'part 1']);
  expect(box).toMatchObject({ more: 20 });
});

test('the page of what is only earned shows nothing, one that is bought and earned does', () => {
  const same = offer('buy-x-get-y', [...items('buy', 1, 1), ...items('get', 1, 2)]);
  expect(forPage(same, '2')).toBeNull();
  expect(forPage(same, '1')).toBe(same);
});
