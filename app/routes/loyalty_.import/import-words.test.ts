import { expect, it } from 'vitest';
import { notesOf, refusedWords, titleOf } from './import-words.ts';
import { nothing } from './pieces.ts';

const columns = { email: 'E-Mail', customerId: null, points: 'Points', delimiter: ';' } as const;

it.each([
  [{ points: 1_235, customers: 1 }, true, '1,235 points for 1 customer would come over'],
  [{ points: 1, customers: 2 }, true, '1 point for 2 customers would come over'],
  [{ given: 1 }, false, '1 customer has their points'],
  [{ given: 2 }, false, '2 customers have their points'],
])('%j, a dry run %s: %s', (change, dry, words) => {
  expect(titleOf({ ...nothing, ...change }, dry)).toBe(words);
});

it('says how the file was understood, and what of it brings nothing', () => {
  expect(notesOf(nothing)).toEqual([]);
  expect(notesOf({ ...nothing, columns, before: 1, rounded: 2, unknown: 1, empty: 3 })).toEqual([
    'Customers by “E-Mail”, points from “Points”, divided by semicolons',
    '1 customer had them from this file before',
    '2 balances with a fraction of a point: it is rounded up',
    '1 line with customers whom the store does not have',
    '3 lines without points',
  ]);
  const both = { ...columns, customerId: 'Customer ID' };
  expect(notesOf({ ...nothing, columns: both })[0]).toContain('by “E-Mail” and “Customer ID”, points');
  // myCred's column of either
  expect(notesOf({ ...nothing, columns: { ...columns, customerId: 'E-Mail' } })[0]).toContain('by “E-Mail”, points');
});

it.each([
  [{ why: 'no-customer', points: '9' }, 'Line 4: it names no e-mail address and no customer number'],
  [{ why: 'not-a-number', points: ' ' }, 'Line 4: nothing is no number of points'],
  [{ why: 'unclear', points: '1,250' }, 'Line 4: “1,250” may be a thousand or a fraction: write it without a divider'],
  [
    { why: 'two-customers', points: '5' },
    'Line 4: its e-mail address and its customer number are not the same customer’s here',
  ],
] as const)('%j', (refused, words) => {
  expect(refusedWords({ line: 4, ...refused })).toBe(words);
});
