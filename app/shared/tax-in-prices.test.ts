import { expect, it } from 'vitest';
import { highestStandardTaxBps, taxInPrices } from './tax-in-prices.ts';

it.each([
  ['the checkout adds it', { included: false, enteredBps: null, learntBps: 1900 }, 0, 'not-included'],
  ['a rate entered in vain', { included: false, enteredBps: 1900, learntBps: null }, 0, 'not-included'],
  ['the merchant’s word before the orders’', { included: true, enteredBps: 700, learntBps: 1900 }, 700, 'entered'],
  ['0 is a word too', { included: true, enteredBps: 0, learntBps: 1900 }, 0, 'entered'],
  ['read from orders', { included: true, enteredBps: null, learntBps: 1900 }, 1900, 'orders'],
  [
    'nobody knows: no floor too low',
    { included: true, enteredBps: null, learntBps: null },
    highestStandardTaxBps,
    'assumed',
  ],
  ['not asked yet, entered before', { included: null, enteredBps: 1900, learntBps: null }, 1900, 'entered'],
  ['not asked yet', { included: null, enteredBps: null, learntBps: 1900 }, 0, 'not-asked'],
] as const)('%s', (_why, known, bps, source) => {
  expect(taxInPrices(known)).toEqual({ bps, source });
});
