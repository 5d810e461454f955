import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { minorUnitDigits } from '#app/shared/money.ts';
import { runPhp } from '#tests/setup/php.ts';
import type { CartCase } from './table.ts';
import { plainCases, toStore } from './woo-cart.ts';

/*
 * The table of carts inside a real WordPress, run by hand: `WORDPRESS=/srv/shop node tests/conformance/carts/real-wordpress.ts`.
 * That shop is one to try things in, with WooCommerce and the plugin that `npm run build:plugin` makes; `TEST_PHP` names
 * its PHP where that is not `php`. With `TAX=19` prices and parcels contain so much tax, which the store rounds for each
 * line, or with `ROUND_AT_SUBTOTAL=1` as well once for all.
 */

const versions = z.object({ php: z.string(), wordpress: z.string(), woocommerce: z.string() });
const answer = z.object({
  off: z.record(z.string(), z.number()),
  shipping: z.number(),
  total: z.number(),
  /** a second calculation of the same cart gave the same */
  again: z.boolean(),
});

function toRealStore(cartCase: CartCase) {
  const digits = minorUnitDigits(cartCase.currency);
  return { ...toStore(cartCase, digits), parcelCost: (cartCase.shippingMinor / 10 ** digits).toFixed(digits) };
}

/** What the table says of a case, in the words of an answer. */
function expected({ lines, shippingMinor, expected: table }: CartCase): z.infer<typeof answer> {
  return {
    off: Object.fromEntries(
      lines.map(({ id }, at) => [id, (table.bundleByLine[at] ?? 0) + (table.goalByLine[at] ?? 0)]),
    ),
    shipping: shippingMinor - table.shippingDiscountMinor,
    total: table.totalMinor,
    again: true,
  };
}

const input = plainCases.map((one) => `${JSON.stringify(toRealStore(one))}\n`).join('');
const [told, ...answers] = runPhp([path.join(import.meta.dirname, 'real-wordpress.php')], input)
  .trimEnd()
  .split('\n')
  .map((text) => JSON.parse(text) as unknown);
const { php, wordpress, woocommerce } = versions.parse(told);
const different = plainCases.filter((cartCase, at) => {
  const given = answer.parse(answers[at]);
  const same = isDeepStrictEqual(given, expected(cartCase));
  if (!same) console.log(cartCase.label, given, 'instead of', expected(cartCase));
  return !same;
});
console.log(
  `${plainCases.length - different.length} of ${plainCases.length} carts as the table says (WordPress ${wordpress}, WooCommerce ${woocommerce}, PHP ${php})`,
);
process.exitCode = different.length === 0 ? 0 : 1;
