import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeDiscountConfigs } from '#app/domains/incentives/index.ts';
import { bundleDiscountFunction } from '#extensions/bundle-discount/build.ts';
import type { DiscountFunctionFiles } from '#sandbox/shopify/storefront/deps.ts';
import { extensionsFolder } from '#tests/integration/storefront/fixture.ts';
import { pricedByPhp } from '../carts/priced-by-php.ts';
import { atCheckout, inFunction, onServer, shardsOf } from './surfaces.ts';
import { gross, ids, kinds, lines, testOf, visitors } from './table.ts';

let files: DiscountFunctionFiles = { source: new Uint8Array(), inputQuery: '', deliveryQuery: '' };
beforeAll(async () => {
  const query = (name: string) => readFile(join(extensionsFolder, `bundle-discount/src/${name}.graphql`), 'utf8');
  files = {
    source: await bundleDiscountFunction(),
    inputQuery: await query('cart-lines-discounts-generate-run'),
    deliveryQuery: await query('cart-delivery-options-discounts-generate-run'),
  };
});

describe.each(kinds)(
  'a price test of %s takes the same off on the server, in the Function and at the checkout',
  (_, kind) => {
    it.each(visitors)('%s', async (_who, attribute, version) => {
      expect(attribute).not.toBe('');
      const off = kind.off[version];
      expect([
        onServer(kind, attribute),
        inFunction(kind, attribute),
        await atCheckout(kind, attribute, files),
      ]).toEqual([off, off, off]);
    });

    it('for hundreds of visitors, server and Function', () => {
      for (const id of ids.slice(0, 200)) expect(inFunction(kind, id)).toBe(onServer(kind, id));
    });

    it('in the plugin', () => {
      const cart = { currency: 'EUR', rate: '1.0', shippingMinor: 0, lines };
      const cases = visitors.map(([, visitor]) => ({ cart: { ...cart, visitor }, configs: shardsOf(kind) }));
      const answers = pricedByPhp(cases) as { totalMinor: number }[];
      expect(answers.map(({ totalMinor }) => gross - totalMinor)).toEqual(visitors.map(([, , at]) => kind.off[at]));
    });

    it('and the shards hold every version', () => {
      expect(decodeDiscountConfigs(shardsOf(kind))?.priceTests).toEqual(testOf('b', kind.versions));
    });
  },
);
