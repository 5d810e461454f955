import { describe, expect, it } from 'vitest';
import { bundleFormSchema } from '#app/domains/bundles/index.ts';
import { kindOrder } from '../../ui/bundles/kinds.ts';
import { emptyForm, startForm, stillApplies, toEditorForm, toFormInput, withPicked } from './form-state.ts';
import type { BundleId } from '#app/shared/ids.ts';
import { kindEditors } from './kinds/index.ts';
import { withTrigger } from './with-trigger.ts';

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
    const value = { type: 'percentage', percent, amount: '' } as const;
    expect(toFormInput({ ...emptyForm, value }, shop)).toMatchObject({ discount: { type: 'percentage', basisPoints } });
  });

  it.each([
    ['dollars', '4.50', 'USD', 450],
    ['yen have no decimals', '450', 'JPY', 450],
    ['dinars have three', '1.250', 'KWD', 1250],
    ['words', 'free', 'USD', Number.NaN],
  ])('amount: %s', (_name, amount, currency, minor) => {
    const value = { type: 'amount', percent: '', amount } as const;
    expect(toFormInput({ ...emptyForm, value }, { ...shop, currency })).toMatchObject({
      discount: { type: 'amount', minor },
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
  it('keeps the quantity of products that stay, drops the others and leaves other places alone', () => {
    const form = {
      ...emptyForm,
      items: [
        { productId: '1', variantId: null, quantity: '4', role: 'part' as const },
        { productId: '2', variantId: null, quantity: '2', role: 'part' as const },
        { productId: '9', variantId: null, quantity: '1', role: 'gift' as const },
      ],
    };
    expect(
      withPicked(form, [
        { productId: '3', variantId: null },
        { productId: '1', variantId: null },
      ]).items,
    ).toEqual([
      { productId: '9', variantId: null, quantity: '1', role: 'gift' },
      { productId: '3', variantId: null, quantity: '1', role: 'part' },
      { productId: '1', variantId: null, quantity: '4', role: 'part' },
    ]);
  });
});

describe('withTrigger', () => {
  const row = (productId: string, role: 'buy' | 'gift') => ({ productId, variantId: null, quantity: '1', role });
  const form = {
    ...startForm('gift'),
    trigger: 'buy' as const,
    items: [row('1', 'buy'), row('2', 'gift')],
    collections: [{ collectionId: '7', role: 'buy' as const }],
  };

  it('sends nothing of a place that is gone', () => {
    const sent = toFormInput({ ...withTrigger(form, 'subtotal'), triggerAmount: '50' }, shop);
    expect(sent).toMatchObject({ items: [{ productId: '2', role: 'gift' }], collections: [] });
  });

  it('loses nothing on the way to the other choice and back', () => {
    expect(withTrigger(withTrigger(form, 'subtotal'), 'buy')).toEqual(form);
    expect(withTrigger(form, 'buy')).toBe(form);
  });

  it('keeps a gift that was chosen in between', () => {
    const between = withPicked(withTrigger(form, 'subtotal'), [{ productId: '3', variantId: null }], 'gift');
    expect(withTrigger(between, 'buy').items).toEqual([row('1', 'buy'), row('3', 'gift')]);
  });
});

describe('stillApplies', () => {
  it.each([
    ['the field itself changed', 'title', { title: 'New' }, false],
    ['another field changed', 'title', { pickCount: '20' }, true],
    ['the end is judged against the start', 'endsAt', { startsAt: '2026-01-01T00:00' }, false],
    ['a step is judged against the other steps', 'terms.tiers.1.units', { tiers: [] as never[] }, false],
    ['a step does not care for the title', 'terms.tiers.1.units', { title: 'New' }, true],
    ['an amount is judged against the products', 'discount.minor', { items: [] as never[] }, false],
    [
      'a row is part of the products',
      'items.0.quantity',
      { items: [{ productId: '1', variantId: null, quantity: '2', role: 'part' as const }] },
      false,
    ],
  ])('%s', (_name, field, change, applies) => {
    expect(stillApplies(field, emptyForm, { ...emptyForm, ...change })).toBe(applies);
  });
});

describe('kinds', () => {
  const stored = { id: 'b' as BundleId, revision: 1, createdAt: new Date(0), updatedAt: new Date(0) };

  it.each(kindOrder)('%s: what is stored comes back as it was typed', (kind) => {
    const filled = {
      ...startForm(kind),
      title: 'Offer',
      triggerAmount: '60.00',
      tiers: startForm(kind).tiers.map((tier, index) => ({
        ...tier,
        at: kind === 'cart-goals' ? `${String(index + 4)}0.00` : tier.at,
      })),
      items:
        kind === 'cart-goals'
          ? []
          : kindEditors[kind]
              .places(startForm(kind))
              .map(({ role }, index) => ({ productId: String(index + 1), variantId: null, quantity: '2', role })),
    };
    const sent = bundleFormSchema.parse(toFormInput(filled, shop));
    const back = toEditorForm({ ...sent, ...stored }, shop);
    expect(bundleFormSchema.parse(toFormInput(back, shop))).toEqual(sent);
    expect(kindEditors[kind].summary(back, shop.currency)).not.toContain('…');
  });

  it('names the field of a step that lacks its number', () => {
    const form = { ...startForm('quantity-breaks'), title: 'Breaks' };
    const sent = toFormInput({ ...form, tiers: form.tiers.map((tier) => ({ ...tier, at: '' })) }, shop);
    const paths = bundleFormSchema.safeParse(sent).error?.issues.map(({ path }) => path.join('.'));
    expect(paths).toEqual(['terms.tiers.0.units', 'terms.tiers.1.units']);
  });
});
