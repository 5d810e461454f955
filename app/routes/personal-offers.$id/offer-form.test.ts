import { describe, expect, it } from 'vitest';
import { offerTemplates, offerTerms, templateIds } from '#app/domains/personal-offers/index.ts';
import { type OfferForm, readOfferForm, toOfferForm } from './offer-form.ts';

const zone = 'Europe/Berlin';
const formOf = (change: Partial<OfferForm> = {}): OfferForm => ({
  ...toOfferForm('Come back', offerTemplates['win-back'].terms, 'EUR', zone),
  ...change,
});
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => `b1ffcd00-ad1c-4ef9-8b77-${String(at).padStart(12, '0')}`);
const read = (change: Partial<OfferForm>) => readOfferForm(formOf(change), 'EUR', zone);

describe('the form of an offer', () => {
  it.each(templateIds)('reads back what the template %s says, and the server takes it', (id) => {
    const { terms } = offerTemplates[id];
    const read = readOfferForm(toOfferForm('Name', terms, 'EUR', zone), 'EUR', zone);
    expect(read).toEqual({ terms, problems: {} });
    expect(offerTerms.parse(read.terms)).toEqual(terms);
  });

  it('reads amounts, limits and the end in the shop’s zone', () => {
    const { terms } = read({
      gift: 'amount',
      sizes: '10; 5,50',
      minSubtotal: '30',
      budgetMoney: '1000',
      budgetCount: '50',
      until: '2026-07-01T00:00',
    });
    expect(terms).toMatchObject({
      gift: { type: 'amount', sizes: [550, 1000] },
      minSubtotalMinor: 3000,
      budget: { minor: 100_000, count: 50 },
      until: '2026-06-30T22:00:00.000Z',
    });
  });

  it('reads what a percentage may take off at most, and none where there is none', () => {
    const { terms } = read({ most: '20' });
    expect(terms?.gift).toMatchObject({ type: 'percentage', mostMinor: 2000 });
    expect(offerTerms.parse(terms)).toEqual(terms);
    expect(toOfferForm('Name', terms!, 'EUR', zone).most).toBe('20.00');
    expect(read({ most: '' }).terms?.gift).not.toHaveProperty('mostMinor');
    expect(read({ most: '20', gift: 'amount' }).terms?.gift).not.toHaveProperty('mostMinor');
  });

  it('reads whom alone it is for, whatever must happen, and keeps what was chosen while everybody gets it', () => {
    const among = ['champions', 'b1ffcd00-ad1c-4ef9-8b77-7cc0ce491b22'];
    for (const when of ['segment', 'order', 'viewed', 'tier', 'birthday'] as const) {
      const { terms, problems } = read({ when, only: true, among });
      expect(problems).toEqual({});
      expect(offerTerms.parse(terms)).toMatchObject({ trigger: { type: when }, among });
      expect(toOfferForm('Name', terms!, 'EUR', zone)).toMatchObject({ only: true, among });
    }
    expect(read({ only: false, among }).terms?.among).toEqual([]);
    expect(toOfferForm('Name', read({ only: false, among }).terms!, 'EUR', zone)).toMatchObject({
      only: false,
      among: [],
    });
  });

  it('an offer from before it could be only for some is for everybody', () => {
    const { among: _, ...before } = offerTemplates.birthday.terms;
    expect(offerTerms.parse(before)).toEqual({ ...before, among: [] });
  });

  it('the server takes twenty segments, no more, and nothing else for one', () => {
    const { terms } = offerTemplates.birthday;
    expect(read({ only: true, among: many(20) }).problems).toEqual({});
    const takes = (among: readonly unknown[]) => offerTerms.safeParse({ ...terms, among }).success;
    expect(takes(many(20))).toBe(true);
    expect(takes(many(21))).toBe(false);
    for (const ref of ['', 'nobody', "' OR true --", null, 7]) expect(takes([ref])).toBe(false);
  });

  it.each<[keyof OfferForm, Partial<OfferForm>]>([
    ['among', { only: true }],
    ['among', { only: true, among: many(21) }],
    ['segments', { segments: many(21) }],
    ['most', { most: '0' }],
    ['most', { most: 'much' }],
    ['title', { title: ' ' }],
    ['sizes', { sizes: '5; ten' }],
    ['sizes', { sizes: '5; 5' }],
    ['sizes', { sizes: '1; 2; 3; 4; 5' }],
    ['segments', { segments: [] }],
    ['on', { on: 'the-product' }],
    ['on', { on: 'products' }],
    ['free', { gift: 'free-product', cost: '5' }],
    ['cost', { gift: 'free-shipping' }],
    ['holdout', { holdout: '4' }],
    ['store', { mail: false, store: false }],
    ['until', { until: 'soon' }],
  ])('says what is wrong with %s', (field, change) => {
    const { terms, problems } = read(change);
    expect(terms).toBeNull();
    expect(Object.keys(problems)).toContain(field);
  });
});
