import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { minorUnitDigits } from '#app/shared/money.ts';
import { runPhp } from '#tests/setup/php.ts';
import { priceOnServer } from './surfaces.ts';
import { type CartCase, cartCases } from './table.ts';
import { plainCases, toStore } from './woo-cart.ts';

interface Answer {
  /** by coupon code and line, minor units of the store; `shipping`: it makes shipping free */
  readonly off: Readonly<Record<string, Readonly<Record<string, number | boolean>>>>;
  readonly codes: readonly string[];
  /** a second calculation of the same cart gave the same */
  readonly again: boolean;
  readonly log: readonly string[];
}

function inStore(stores: readonly unknown[]): Answer[] {
  const input = stores.map((store) => `${JSON.stringify(store)}\n`).join('');
  const output = runPhp(['-n', path.join(import.meta.dirname, 'php-store.php')], input);
  return output
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Answer);
}

/** What coupons take off each line, in all. */
function byLine(cartCase: CartCase, { off }: Answer): number[] {
  return cartCase.lines.map(({ id }) => Object.values(off).reduce((sum, lines) => sum + Number(lines[id] ?? 0), 0));
}

describe("a store's cart under virtual coupons", () => {
  it('takes off each line what the table says, to the cent, however often it is calculated', () => {
    const answers = inStore(plainCases.map((one) => toStore(one, minorUnitDigits(one.currency))));
    plainCases.forEach((cartCase, at) => {
      const answer = answers[at];
      if (!answer) throw new Error('no answer');
      const { lines } = priceOnServer(cartCase);
      expect(answer, cartCase.label).toMatchObject({ again: true, log: [] });
      expect(byLine(cartCase, answer), cartCase.label).toEqual(
        lines.map(({ bundleMinor, goalMinor }) => bundleMinor + goalMinor),
      );
      expect(
        Object.values(answer.off).some(({ shipping }) => shipping === true),
        cartCase.label,
        // What a parcel costs is not known here: the goal stands, as far as the goods pay for it.
      ).toBe(priceOnServer({ ...cartCase, shippingMinor: 0 }).freeUpToMinor !== null);
    });
  });

  it('takes whole units off where the store shows no decimals', () => {
    const cartCase = cartCases.find(({ label }) => label === 'three equal lines share one dollar');
    if (!cartCase) throw new Error('the table lost a case');
    const [answer] = inStore([toStore(cartCase, 0)]);
    // 34, 33 and 33 cents are no dollar each.
    expect(answer && byLine(cartCase, answer)).toEqual([0, 0, 0]);
  });

  it('costs what WooCommerce says where the publication is damaged or the rate is unknown', () => {
    const [cartCase] = plainCases.filter(({ label }) => label === 'one complete set');
    if (!cartCase) throw new Error('the table lost its plain case');
    const store = toStore(cartCase, 2);
    const answers = inStore([
      { ...store, published: null },
      { ...store, published: { configs: 'x' } },
      { ...store, published: { configs: ['{"v":1', null, 7] } },
      { ...store, published: { ...store.published, startsAt: '2999-01-01T00:00:00Z' } },
      { ...store, rate: null },
      { ...store, rate: 'x' },
      { ...store, lines: store.lines.map((line) => ({ ...line, quantity: 1.5 })) },
      { ...store, lines: store.lines.map((line) => ({ ...line, price: '' })) },
    ]);
    expect(answers).toHaveLength(8);
    for (const answer of answers) expect(answer).toEqual({ off: {}, codes: [], again: true, log: [] });
  });
});
