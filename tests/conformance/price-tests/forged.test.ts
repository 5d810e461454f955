import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeDiscountConfigs,
  defaultIncentiveRules,
  encodeDiscountConfigs,
  offersFor,
  priceCart,
  type PriceTests,
  visitorOf,
} from '#app/domains/incentives/index.ts';
import { amount, fixed, line, percent } from '../carts/offers.ts';
import { disturbed } from '../carts/odd-input.ts';

// A price test hands out the merchant's versions and nothing else, whatever is written into the cart's attribute or
// happens to the published configuration; and no version, however it came about, sells below the margin.

const ids = ['1', '2'];
/** A set of 1 and 2 costs 25.00, and 4.00 of that is the merchant's. */
const lines = [line('1', 1999, 1, { unitCostMinor: 1700 }), line('2', 501, 1, { unitCostMinor: 400 })];
const set = fixed('b', percent(1000), ids);
const versions = [[], [percent(1500)], [amount(333)], [percent(2000)]];
const tests: PriceTests = {
  holdout: { salt: 'pepper', bps: 500 },
  tests: [
    {
      bundleId: 'b',
      layer: 'shop/t',
      from: 0,
      to: 9500,
      salt: 's',
      arms: versions.map((values) => ({ share: 2500, values })),
    },
  ],
};
const [published = ''] = (() => {
  const costs = lines.map(({ productId, variantId, unitCostMinor }) => ({
    productId,
    variants: [{ id: variantId ?? '', costMinor: unitCostMinor }],
  }));
  const encoded = encodeDiscountConfigs([set], costs, defaultIncentiveRules, 'EUR', tests);
  if (!encoded.ok) throw new Error(encoded.message);
  return encoded.value;
})();

/** What comes off one set, by a configuration as the checkout reads it; null where it cannot be used. */
function offBy(shard: unknown, attribute: string | null, currency = 'EUR', rate = '1.0', cart = lines): number | null {
  const config = decodeDiscountConfigs([shard]);
  if (!config) return null;
  const bundles = offersFor(config.bundles, config.priceTests, visitorOf(attribute));
  const priced = { currency, shopCurrency: 'EUR', rate, lines: cart, shippingMinor: 0 };
  return priceCart(priced, { bundles, codes: [] }, config.rules, null).bundleMinor;
}

/** The fourth version would take 5.00, of which the margin leaves 4.00. */
const allowed = [250, 375, 333, 400];
const visitor = fc.uuid();

describe('the attribute of the cart', () => {
  it('reaches the versions of the merchant and no other price', () => {
    const exotic = ['__proto__', 'constructor', 'null', '\0', 'x'.repeat(100_000), '٠'.repeat(36)];
    const text = fc.oneof(fc.constantFrom(...exotic), visitor, fc.string({ unit: 'binary' }), fc.mixedCase(visitor));
    fc.assert(
      fc.property(text, (attribute) => {
        expect(allowed).toContain(offBy(published, attribute));
      }),
    );
  });

  it('reaches each version, so that choosing the best of them is the most that editing it can bring', () => {
    const seen = new Set<number | null>();
    for (const id of fc.sample(visitor, { numRuns: 400, seed: 1 })) seen.add(offBy(published, id));
    expect([...seen].sort()).toEqual([...allowed].sort());
  });
});

describe('a configuration that is not what was published', () => {
  it('is not used, or takes no more off than the margin leaves', () => {
    const other = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(0, 1, -1, 10_000, 1e12, 2 ** 53, '', 'b'));
    fc.assert(
      fc.property(fc.nat(), other, fc.option(visitor), (choice, by, attribute) => {
        const shard = JSON.parse(published) as Record<string, unknown>;
        const off = offBy({ ...shard, t: disturbed(shard['t'], choice, by) }, attribute);
        if (off !== null) expect(off).toBeLessThanOrEqual(400);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [
      'visitors between places that are the wrong way round',
      (row: unknown[]) => [...row.slice(0, 3), 9000, 100, ...row.slice(5)],
      250,
    ],
    ['a test of a bundle that is not there', (row: unknown[]) => ['gone', ...row.slice(1)], 250],
  ])('charges what stands where it has %s', (_what, change, off) => {
    const shard = JSON.parse(published) as { t: unknown[][] };
    shard.t = shard.t.map((row, at) => (at === 1 ? change(row) : row));
    for (const id of fc.sample(visitor, { numRuns: 20, seed: 2 })) expect(offBy(shard, id)).toBe(off);
  });
});

describe('a currency that is switched in the middle of a test', () => {
  it.each([
    ['USD', '1.0873', 100],
    ['JPY', '162.31', 1],
    ['KWD', '0.3344', 1000],
  ])('%s: the visitor keeps the version, at the same worth and above the margin', (currency, rate, units) => {
    const each = (minor: number) => Math.round((minor / 100) * Number(rate) * units);
    const converted = lines.map((one) => ({ ...one, unitPriceMinor: each(one.unitPriceMinor) }));
    for (const id of fc.sample(visitor, { numRuns: 60, seed: 3 })) {
      const home = offBy(published, id) ?? Number.NaN;
      const abroad = offBy(published, id, currency, rate, converted) ?? Number.NaN;
      // Two lines, each rounded once.
      expect(Math.abs(abroad - each(home))).toBeLessThanOrEqual(2);
      expect(abroad).toBeLessThanOrEqual(each(400) + 2);
    }
  });
});
