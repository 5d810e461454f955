import { expect, it } from 'vitest';
import { highestTax, taxLines } from './tax.ts';

it.each([
  ['one tax', [[{ rate: 0.19 }]], { taxBps: 1900 }],
  ['the higher of two goods', [[{ rate: 0.07 }], [{ rate: 0.19 }]], { taxBps: 1900 }],
  ['two taxes on one line: half each', [[{ rate: 0.09 }, { rate: 0.09 }]], { taxBps: 1800 }],
  ['a rate with a fraction', [[{ rate: 0.055 }]], { taxBps: 550 }],
  ['a gift card beside goods', [[], [{ rate: 0.2 }]], { taxBps: 2000 }],
  ['an export', [[]], { taxBps: 0 }],
  ['a tax without a rate', [[{ rate: null }]], { taxBps: 0 }],
  ['an answer that does not tell', [null, undefined], {}],
  ['not a list', ['19 %'], {}],
  ['no lines', [], {}],
  ['no tax that there is', [[{ rate: 19 }]], {}],
])('%s', (_why, lines, found) => {
  expect(highestTax(lines.map((one) => taxLines.parse(one)))).toEqual(found);
});
