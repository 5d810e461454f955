import { describe, expect, it } from 'vitest';
import { emptyForm, stillApplies, toFormInput, withPicked } from './form-state.ts';

const shop = { currency: 'USD', timeZone: 'Europe/Berlin' };

describe('toFormInput', () => {
  it.each([
    ['whole', '10', 1000],
    ['with a fraction', '12.5', 1250],
    ['with a comma', '7,25', 725],
    ['no binary noise', '0.29', 29],
    ['three decimals are refused, not rounded', '1.234', Number.NaN],
    ['words', 'ten', Number.NaN],
    ['negative', '-5', Number.NaN],
    ['empty', '', Number.NaN],
  ])('percentage: %s', (_name, percent, basisPoints) => {
    expect(toFormInput({ ...emptyForm, percent }, shop).discount).toEqual({ type: 'percentage', basisPoints });
  });

  it.each([
    ['dollars', '4.50', 'USD', 450],
    ['yen have no decimals', '450', 'JPY', 450],
    ['dinars have three', '1.250', 'KWD', 1250],
    ['words', 'free', 'USD', Number.NaN],
  ])('amount: %s', (_name, amount, currency, minor) => {
    expect(toFormInput({ ...emptyForm, discountType: 'amount', amount }, { ...shop, currency }).discount).toEqual({
      type: 'amount',
      minor,
    });
  });

  it('reads dates in the time zone of the shop', () => {
    expect(toFormInput({ ...emptyForm, startsAt: '2026-07-01T00:00' }, shop).startsAt).toBe('2026-06-30T22:00:00.000Z');
  });

  it('sends an unreadable date as it is, so that the schema names the field', () => {
    expect(toFormInput({ ...emptyForm, endsAt: 'soon' }, shop).endsAt).toBe('soon');
  });
});

describe('withPicked', () => {
  it('keeps the quantity of products that stay and drops the others', () => {
    const form = {
      ...emptyForm,
      items: [
        { productId: '1', variantId: null, quantity: '4' },
        { productId: '2', variantId: null, quantity: '2' },
      ],
    };
    expect(
      withPicked(form, [
        { productId: '3', variantId: null },
        { productId: '1', variantId: null },
      ]).items,
    ).toEqual([
      { productId: '3', variantId: null, quantity: '1' },
      { productId: '1', variantId: null, quantity: '4' },
    ]);
  });
});

describe('stillApplies', () => {
  it.each([
    ['the field itself changed', 'title', { title: 'New' }, false],
    ['another field changed', 'title', { percent: '20' }, true],
    ['the end is judged against the start', 'endsAt', { startsAt: '2026-01-01T00:00' }, false],
    ['an amount is judged against the products', 'discount.minor', { items: [] as never[] }, false],
    [
      'a row is part of the products',
      'items.0.quantity',
      { items: [{ productId: '1', variantId: null, quantity: '2' }] },
      false,
    ],
  ])('%s', (_name, field, change, applies) => {
    expect(stillApplies(field, emptyForm, { ...emptyForm, ...change })).toBe(applies);
  });
});
