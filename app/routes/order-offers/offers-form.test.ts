import { describe, expect, it } from 'vitest';
import { orderOfferSettings } from '#app/domains/order-offers/index.ts';
import { checkOffers, toOfferSettings, toOffersForm } from './offers-form.ts';

const stored = { active: true, discountBps: 1250, hours: 72 };

describe('form of the offers after a purchase', () => {
  it.each([stored, { ...stored, hours: 5 }, { ...stored, hours: 720 }, { active: false, discountBps: 0, hours: 1 }])(
    'writes and reads %j',
    (settings) => {
      expect(toOfferSettings(toOffersForm(settings))).toEqual(settings);
      expect(orderOfferSettings.safeParse(settings).success).toBe(true);
    },
  );

  it.each([
    [{ discount: '50.01' }, ['discount']],
    [{ discount: '-1' }, ['discount']],
    [{ discount: 'ten' }, ['discount']],
    [{ discount: '' }, ['discount']],
    [{ time: '0' }, ['time']],
    [{ time: '31', unit: 'days' as const }, ['time']],
    [{ time: '721', unit: 'hours' as const }, ['time']],
    [{ time: '1.5' }, ['time']],
    [{ discount: '12,5', time: '30', unit: 'days' as const }, []],
  ])('%j has problems at %j', (typed, fields) => {
    const form = { ...toOffersForm(stored), ...typed };
    expect(Object.keys(checkOffers(form))).toEqual(fields);
    expect(toOfferSettings(form) === null).toBe(fields.length > 0);
  });
});
