import { expect, it } from 'vitest';
import { taxWords } from './tax-words.ts';

const learnt = { included: true, learntBps: 1900, orders: 212 };
const unknown = { included: true, learntBps: null, orders: 3 };

it.each([
  ['read from orders', learnt, '', 'Used: 19%, read from your last 212 orders.', '19', false],
  ['entered before what orders tell', learnt, '7', 'this rate is used', '19', false],
  ['back to what orders tell', learnt, '7', 'Empty the field to use 19%, read from your last 212 orders.', '19', false],
  ['0 is entered', unknown, '0', 'this rate is used', '', false],
  ['nobody knows', unknown, ' ', '27% is assumed', '', true],
  ['the checkout adds it', { ...learnt, included: false }, '', 'There is nothing to enter.', '', false],
  ['entered in vain', { ...unknown, included: false }, '19', 'This rate is not used', '', false],
  ['not asked yet', { ...unknown, included: null }, '', 'such as 19', '', false],
])('%s', (_why, facts, typed, says, placeholder, warn) => {
  const words = taxWords(facts, typed);
  expect(words.help).toContain(says);
  expect(words).toMatchObject({ placeholder, warn });
});
