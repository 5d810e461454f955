import { describe, expect, it } from 'vitest';
import { readBalanceFile } from './balance-file.ts';

describe('balances of another app', () => {
  it.each([
    [
      'heads in any case, with a mark at the beginning',
      '\uFEFFEmail,Points Balance\na@example.com,120\n',
      'a@example.com',
      null,
      120,
    ],
    [
      'more columns than are needed',
      'id,customer_email,first_name,points_approved\n1,a@example.com,Anna,7',
      'a@example.com',
      null,
      7,
    ],
    ['thousands and decimals', 'email,points\na@example.com,"1,250.00"', 'a@example.com', null, 1250],
    ['by the number of the customer', 'Customer ID,Balance\n42,5', null, '42', 5],
  ])('%s', (_case, text, email, customerId, points) => {
    expect(readBalanceFile(text)).toEqual({ rows: [{ email, customerId, points }], unreadable: 0 });
  });

  it('counts lines that say nothing, and refuses a file without points or customers', () => {
    expect(readBalanceFile('email,points\n,5\na@example.com,many\nb@example.com,1.5\nc@example.com,-3\n')).toEqual({
      rows: [{ email: 'c@example.com', customerId: null, points: -3 }],
      unreadable: 3,
    });
    expect(readBalanceFile('email,name\na@example.com,Anna')).toBeNull();
    expect(readBalanceFile('name,points\nAnna,5')).toBeNull();
    expect(readBalanceFile('')).toBeNull();
    expect(readBalanceFile('email,points\na@example.com,"5\nb@example.com,7\n')).toBeNull();
  });
});
