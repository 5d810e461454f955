import { expect, it } from 'vitest';
import { regionOf } from './region.ts';

it.each([
  ['US', 'CA', 'US-CA', 'the code that Shopify gives'],
  ['DE', 'DE-BE', 'DE-BE', 'the code that WooCommerce gives for some countries'],
  ['DE', 'de-be', 'DE-BE', 'one code is one region however it is written'],
  ['GB', ' Kent ', 'GB-Kent', 'WooCommerce lets shoppers of some countries type it'],
  ['GB', 'DE-BE', 'GB-DE-BE', 'another country’s code says nothing here'],
  ['US', '', null, 'not said'],
  ['US', null, null, 'not said'],
  [null, 'CA', null, 'a part of no country: CA is in several'],
  ['Germany', 'BE', null, 'no code of a country'],
  ['GB', 'x'.repeat(99), `GB-${'x'.repeat(37)}`, 'no longer than a name is'],
  ['GB', 'a\0b', 'GB-ab', 'PostgreSQL stores no NUL'],
])('%s %s is %s: %s', (country, region, expected, _why) => {
  expect(regionOf({ country, region })).toBe(expected);
});

it('is nothing where the platform does not say who ordered', () => {
  expect(regionOf(undefined)).toBeNull();
});
