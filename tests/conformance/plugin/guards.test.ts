import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

it('the plugin tells other sites nothing of a customer, keeps a bounded number of answers, writes addresses anew once, and sells one of what is sold alone', () => {
  expect(JSON.parse(runPhp([join(import.meta.dirname, 'guards.php')], ''))).toEqual({
    asks: {
      'own page': true,
      'own page, old': true,
      'own page with origin': true,
      'other site': false,
      'name that begins so': false,
      neighbour: false,
      'script element': false,
      'sandboxed frame': false,
    },
    kept: { bounded: true, some: true, wrong: 0 },
    rules: ['rewrite_rules'],
    marks: {
      usual: ['trellis_bundle', 'trellis_source', 'engraving'],
      one: ['engraving'],
      variation: ['engraving'],
      gone: ['trellis_bundle', 'trellis_source', 'engraving'],
      'line end': { trellis_source: 'ok' },
      visitor: ['6f1c3a52-8a40-4b0e-9d55-0c9f3f1f7a11', null, null, null],
    },
  });
});
