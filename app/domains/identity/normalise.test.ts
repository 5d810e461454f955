import { describe, expect, it } from 'vitest';
import { normaliseAddress, normaliseName } from './address.ts';
import { normaliseEmail } from './email.ts';
import { normalisePhone } from './phone.ts';
import type { KeyKind } from './model.ts';
import { type Kinship, kinshipOf } from './rules.ts';

describe('one spelling for every address of a mailbox', () => {
  it.each([
    ['Anna.Berg@Gmail.com', 'annaberg@gmail.com', 'Gmail knows no dots'],
    ['anna.berg+shop2@googlemail.com', 'annaberg@gmail.com', 'labels, and the old name of the provider'],
    ['anna.berg@example.com', 'anna.berg@example.com', 'elsewhere a dot is part of the name'],
    ['anna+friend@example.com', 'anna@example.com', 'a plus sign begins a label (RFC 5233)'],
    ['anna-friend@example.com', 'anna-friend@example.com', 'a hyphen does not'],
    ['anna-friend@yahoo.com', 'anna@yahoo.com', 'but at Yahoo it does'],
    ['anna@me.com', 'anna@icloud.com', 'one box of three names'],
    ['a.n.n.a@protonmail.com', 'anna@proton.me', 'Proton knows no dots'],
    ['  ANNA@EXAMPLE.COM. ', 'anna@example.com', 'blanks and the root dot'],
    ['+anna@example.com', '+anna@example.com', 'a name may begin with a plus'],
    ['no-reply@example.com', null, 'nobody in particular'],
    ['anna', null, 'no address'],
    ['anna@example', null, 'no domain'],
    [null, null, 'nothing'],
  ])('%s is %s: %s', (typed, normal, _why) => {
    expect(normaliseEmail(typed)).toBe(normal);
  });
});

describe('numbers with their calling code', () => {
  it.each([
    ['030 1234567', 'DE', '+49301234567', 'the trunk zero goes'],
    ['+49 (0)30 1234567', 'DE', '+49301234567', 'the zero in brackets as well'],
    ['0049 30/123 45 67', 'FR', '+49301234567', 'a call from abroad'],
    ['4930 1234567', 'DE', '+49301234567', 'the calling code without its sign'],
    ['(212) 555-0187', 'US', '+12125550187', 'North America'],
    ['1-212-555-0187', 'US', '+12125550187', 'with the trunk prefix'],
    ['06 1234 5678', 'IT', '+390612345678', 'Italy dials its zero from abroad as well'],
    ['06 12345678', 'HU', '+3612345678', 'a prefix of two digits'],
    ['612345678', 'ES', '+34612345678', 'no trunk prefix'],
    ['0301234567', null, '+0301234567', 'an unknown country leaves the digits as they are'],
    ['0000000000', 'DE', null, 'typed because the form asked'],
    ['12', 'DE', null, 'an extension'],
    ['', 'DE', null, 'nothing'],
  ])('%s in %s is %s: %s', (typed, country, normal, _why) => {
    expect(normalisePhone(typed, country)).toBe(normal);
  });
});

describe('one text for the ways to write a place', () => {
  const at = (line1: string, line2 = '', postcode = '10969', city = 'Berlin', country = 'DE') =>
    normaliseAddress({ line1, line2, postcode, city, country });
  it.each([
    [at('Lindenstraße 12 a'), at('LINDENSTR. 12a'), 'street and letter'],
    [at('Lindenstrasse 12', 'Whg. 3'), at('Lindenstr 12, Wohnung 3'), 'the flat on either line'],
    [
      at('12 Linden Street', 'Apt 4', 'SW1A 1AA', 'London', 'gb'),
      at('12 Linden St #4', '', 'sw1a1aa', 'london', 'GB'),
      'English',
    ],
    [at('5 rue de la Paix', '', '75002', 'Paris', 'FR'), at('5, Rue Paix', '', '75002', 'PARIS 02', 'FR'), 'French'],
    [at('Lindenstrasse 12', '', '10969', 'Berlin'), at('Lindenstrasse 12', '', '10969', 'Berlin-Kreuzberg'), 'towns'],
  ])('%s equals %s: %s', (one, other) => {
    expect(one).not.toBeNull();
    expect(one).toBe(other);
  });

  it('keeps houses and flats apart', () => {
    const all = [at('Lindenstrasse 12'), at('Lindenstrasse 13'), at('Lindenstrasse 12', 'Whg. 3'), at('Lindenweg 12')];
    expect(new Set(all).size).toBe(4);
  });

  it('finds no home in a town, or in a street without a number', () => {
    expect([at('Postfach'), at(''), at('Lindenstrasse'), at('12')]).toEqual([null, null, null, null]);
  });

  it.each([
    ['Dr. Anna Berg', 'Berg, Anna', true],
    ['Anna-Lena Weiß', 'weiss anna lena', true],
    ['Anna Berg', 'Anna Beck', false],
  ])('%s and %s', (one, other, same) => {
    expect(normaliseName(one) === normaliseName(other)).toBe(same);
  });

  it('finds no person in one word', () => {
    expect([normaliseName('Anna'), normaliseName('')]).toEqual([null, null]);
  });
});

describe('what it means that two records share something', () => {
  it.each<[KeyKind[], Kinship, string]>([
    [['email'], 'same', 'a mailbox is one person’s'],
    [['email', 'address'], 'same', 'whatever else'],
    [['address', 'name'], 'same', 'the same name at the same door, with another mailbox'],
    [['device', 'name'], 'same', 'the same name in the same browser'],
    [['phone', 'name'], 'same', 'the same name behind the same number'],
    [['payment', 'name'], 'same', 'the same name on the same account'],
    [['payment', 'phone'], 'same', 'number and account'],
    [['address'], 'household', 'people who live together'],
    [['address', 'device'], 'household', 'and share a tablet'],
    [['address', 'phone'], 'household', 'and a landline'],
    [['address', 'payment', 'phone'], 'household', 'and a card'],
    [['phone'], 'close', 'a number alone'],
    [['payment'], 'close', 'an account alone'],
    [['device'], 'close', 'a browser alone'],
    [['name'], 'none', 'many people have a name'],
    [[], 'none', 'strangers'],
  ])('%j is %s: %s', (shared, kinship) => {
    expect(kinshipOf(shared)).toBe(kinship);
  });
});
