import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTextSigner } from './text-signer.ts';

const reference = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

test('RFC 4231, test case 2', () => {
  expect(createTextSigner('Jefe')('what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test('the same as Node’s HMAC for any secret and any texts, one after the other', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 2000 }), { minLength: 1, maxLength: 5 }),
      (secret, texts) => {
        const sign = createTextSigner(secret);
        for (const text of texts) expect(sign(text)).toBe(reference(secret, text));
      },
    ),
  );
});

test.each([1365, 1366, 4096, 10_000])('a text of %i characters', (length) => {
  const sign = createTextSigner('hush');
  expect(sign('ß'.repeat(length))).toBe(reference('hush', 'ß'.repeat(length)));
  expect(sign('short')).toBe(reference('hush', 'short'));
});
