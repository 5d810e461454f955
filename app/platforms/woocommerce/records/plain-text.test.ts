import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPlainText } from './plain-text.ts';

test.each([
  ['Caf&eacute;', 'Caf&eacute;'],
  ['Salt &amp; pepper', 'Salt & pepper'],
  ['Salt &amp;amp; pepper', 'Salt & pepper'],
  ['Gr&#246;&#xDF;e', 'Größe'],
  ['<b>Bold</b> <i>move</i>', 'Bold move'],
  ['a<br>b<br/>c', 'a b c'],
  ['2 < 3 and 5 > 4', '2 < 3 and 5 > 4'],
  ['<script>alert(1)</script>Shirt', 'Shirt'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;Shirt', 'Shirt'],
  ['&amp;lt;img src=x onerror=alert(1)&amp;gt;Shirt', 'Shirt'],
  ['<img src=x onerror=alert(1)', ''],
  ['<style>p{}</style><p>Text</p>', 'Text'],
  ['<scr<script>x</script>ipt>alert(1)', 'alert(1)'],
  ['a\u0000b\nc\u0007', 'a b c'],
  ['bad \ud800 half', 'bad \ufffd half'],
  ['&#0;&#x110000;x', 'x'],
])('%j → %j', (html, text) => {
  expect(toPlainText(html)).toBe(text);
});

test('nothing that begins a tag is ever left', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '&lt;',
    '&amp;lt;',
    'script',
    'img ',
    '/',
    '&',
    'lt;',
    '#60;',
    'a',
    ' ',
    '<!--',
    '-->',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      expect(toPlainText(pieces.join(''))).not.toMatch(/<[a-z/!?]/i);
    }),
  );
});
