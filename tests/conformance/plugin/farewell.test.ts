import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeCodeConfig } from '#app/domains/codes/index.ts';
import { runPhp } from '#tests/setup/php.ts';

it('the app takes leave: codes are valid no more and offers are gone before its keys are revoked, last; more offers go in batches', () => {
  const terms = { type: 'amount', minor: 500, minSubtotalMinor: null, productIds: null } as const;
  const config = encodeCodeConfig({ terms, bound: false, currency: 'EUR' }) ?? '';
  const told = JSON.parse(runPhp([join(import.meta.dirname, 'farewell.php')], config)) as Record<string, unknown>;
  expect(told).toEqual({
    valid: [true, false],
    // That of this call and that of the connection; another's stays.
    keys: [11],
    options: ['home'],
    scheduled: ['trellis_forget_batch'],
    // Anybody may ask whether that is done.
    connected: [true, false],
    // Whether a connection or an offer was left when the first key went.
    withKeys: [false, 0],
    removed: [2, [36]],
    // One that the store keeps does not have us come back for ever.
    kept: [[36], []],
    asked: true,
  });
});
