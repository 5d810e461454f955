import type { OfferTerms } from './model.ts';

export const templateIds = ['win-back', 'second-order', 'looked-again', 'goes-with', 'level', 'birthday'] as const;
export type TemplateId = (typeof templateIds)[number];

const usual: Omit<OfferTerms, 'trigger' | 'gift'> = {
  among: [],
  minSubtotalMinor: null,
  validDays: 14,
  budget: { minor: null, count: null },
  cap: { times: 1, days: 90 },
  channels: { mail: true, store: true },
  note: '',
  holdoutBps: 1000,
  until: null,
};
const percentage = (sizes: number[]): OfferTerms['gift'] => ({
  type: 'percentage',
  sizes,
  on: 'everything',
  productIds: [],
});

/** What merchants begin with: offers that suit most shops, each with several sizes to be compared. */
export const offerTemplates: Readonly<Record<TemplateId, { readonly title: string; readonly terms: OfferTerms }>> = {
  'win-back': {
    title: 'We miss you',
    terms: {
      ...usual,
      trigger: { type: 'segment', segments: ['at-risk', 'cannot-lose'], present: true },
      gift: percentage([500, 1000, 1500]),
    },
  },
  'second-order': {
    title: 'Your second order',
    terms: {
      ...usual,
      trigger: { type: 'order', nth: 1, minTotalMinor: null },
      gift: percentage([500, 1000]),
      validDays: 30,
      cap: { times: 1, days: 365 },
    },
  },
  'looked-again': {
    title: 'Still thinking about it?',
    terms: {
      ...usual,
      trigger: { type: 'viewed', times: 3, days: 7 },
      gift: { type: 'percentage', sizes: [500, 1000], on: 'the-product', productIds: [] },
      validDays: 3,
    },
  },
  'goes-with': {
    title: 'Goes with your order',
    terms: {
      ...usual,
      trigger: { type: 'order', nth: null, minTotalMinor: null },
      gift: { type: 'percentage', sizes: [500, 1000], on: 'what-goes-with-it', productIds: [] },
    },
  },
  level: {
    title: 'Welcome to your new level',
    terms: {
      ...usual,
      trigger: { type: 'tier', tierIds: [] },
      gift: percentage([1000]),
      validDays: 30,
    },
  },
  birthday: {
    title: 'Happy birthday',
    terms: {
      ...usual,
      trigger: { type: 'birthday' },
      gift: percentage([1000, 1500]),
      validDays: 30,
      cap: { times: 1, days: 330 },
    },
  },
};
