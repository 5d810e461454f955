import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

const forms: readonly (readonly [name: string, sent: unknown, lines: unknown])[] = [
  [
    'a form with several lines',
    {
      items: [
        { id: '11', quantity: '2', properties: { _trellis_bundle: 'b1', _trellis_source: 'bundle' } },
        { id: 12, properties: { _trellis_source: 'together', price: '0' } },
      ],
    },
    [
      { id: 11, quantity: 2, marks: { trellis_bundle: 'b1', trellis_source: 'bundle' } },
      { id: 12, quantity: 1, marks: { trellis_source: 'together' } },
    ],
  ],
  [
    'a form with one line',
    { id: '7', quantity: '3', return_to: 'https://evil.example' },
    [{ id: 7, quantity: 3, marks: [] }],
  ],
  [
    'the same thing twice is one line',
    { items: [{ id: 7, quantity: 2 }, { id: 7 }] },
    [{ id: 7, quantity: 3, marks: [] }],
  ],
  ['what was not picked', { items: { 8: { id: '8', quantity: '0' }, 9: { quantity: '4' } } }, []],
  ['too many units', { id: 7, quantity: 1e9 }, [{ id: 7, quantity: 999, marks: [] }]],
  [
    'marks that are none of ours',
    { id: 7, properties: { _trellis_bundle: '<b>', _trellis_source: ['x'] } },
    [{ id: 7, quantity: 1, marks: [] }],
  ],
  ['nonsense', { items: 'x' }, []],
  ['deeper nonsense', { items: [1, [2], { id: { a: 1 } }, { id: '-4' }, { id: '1e9999' }] }, []],
];

it('the cart address reads what forms of ours send, and of anything else nothing', () => {
  const questions = forms.map(([, sent]) => ['lines', [sent]]);
  const answers = runPhp([join(import.meta.dirname, 'pure.php')], JSON.stringify(questions))
    .trim()
    .split('\n');
  expect(forms.map(([name], at) => [name, JSON.parse(answers[at] ?? '') as unknown])).toEqual(
    forms.map(([name, , lines]) => [name, lines]),
  );
});
