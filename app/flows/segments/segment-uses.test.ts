import { expect, it } from 'vitest';
import { keptBy } from './segment-uses.ts';

const offer = (title: string) => ({ id: title, title, status: 'live' as const });

it('a segment that nothing stands on can go', () => {
  expect([keptBy(undefined), keptBy({ offers: [], tag: null })]).toEqual([null, null]);
});

it('says all that stands on a segment, and what to do about it', () => {
  expect(keptBy({ offers: [offer('Win back')], tag: null })).toBe(
    'The personal offer “Win back” goes to its customers: end the offer, or choose another segment there first.',
  );
  expect(keptBy({ offers: [offer('A'), offer('B'), offer('C')], tag: 'VIP' })).toBe(
    'The personal offers “A”, “B” and “C” go to its customers: end them, or choose another segment there first. Its customers carry the tag “VIP” in the store: take the tag away on the segment’s page first.',
  );
});
