import { describe, expect, it } from 'vitest';
import { customerFields, toCustomer, wooCustomer } from './customer.ts';

const person = {
  id: 7,
  email: ' ada@example.com ',
  first_name: ' Ada ',
  date_created_gmt: '2026-01-02T03:04:05',
  date_modified_gmt: null,
};
const zoneOf = (billing: unknown) => toCustomer(wooCustomer.parse({ ...person, billing })).contact?.timeZone;

describe('a customer of a WooCommerce store', () => {
  it.each([
    [{ country: 'DE' }, 'Europe/Berlin'],
    [{ country: 'jp' }, 'Asia/Tokyo'],
    [{ country: 'US' }, null],
    [{ country: '' }, null],
    [{ country: null }, null],
    [{ country: ['DE'] }, null],
    [{}, null],
    [null, null],
    [undefined, null],
    [[], null],
    ['DE', null],
    [0, null],
  ])('lives by the clock of the invoice’s country, where it has one: %j is %j', (billing, zone) => {
    expect(zoneOf(billing)).toBe(zone);
  });

  it('is asked for by what is read alone', () => {
    expect(customerFields).toEqual({
      _fields: 'id,email,first_name,date_created_gmt,date_modified_gmt,billing.country',
    });
    expect(toCustomer(wooCustomer.parse(person))).toMatchObject({ id: '7', email: 'ada@example.com', locale: null });
  });
});
