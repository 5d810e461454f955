import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBalanceFile } from './balance-file.ts';

const fileOf = (name: string): string => readFileSync(path.join(import.meta.dirname, 'balance-files', name), 'utf8');

/** What a file says, where it can be read. */
function read(text: string) {
  const file = readBalanceFile(text);
  if (!file.ok) throw new Error(file.message);
  const { rows, ...rest } = file.value;
  return { ...rest, rows: rows.map(({ email, customerId, points }) => [email, customerId, points]) };
}

/*
 * Heads as the apps write them: Smile, YITH and myCred as their exports were found to; Yotpo, Rivo, BON, Growave, WPLoyalty
 * and Flycart as their help says of exports and templates; LoyaltyLion, whose merchants choose and name columns, and
 * WooCommerce's Points and Rewards, which others export, by the names of their fields.
 */
describe('balances of other apps', () => {
  it.each([
    ['smile.csv', { email: 'Email', customerId: null, points: 'Points balance', delimiter: ',' }, [89_085, 1_250, 0]],
    [
      'loyaltylion.csv',
      { email: 'email', customerId: 'merchant_id', points: 'points_approved', delimiter: ',' },
      [320, 45],
    ],
    ['yotpo.csv', { email: 'Email', customerId: null, points: 'Points Balance', delimiter: ',' }, [1_200, 15]],
    ['rivo.csv', { email: 'Email', customerId: null, points: 'Points Balance', delimiter: ',' }, [540, 7]],
    ['bon.csv', { email: 'Email', customerId: null, points: 'Points Balance', delimiter: ',' }, [150, 300]],
    // with the fraction that Growave keeps
    ['growave.csv', { email: 'Email', customerId: 'Customer ID', points: 'points', delimiter: ',' }, [104, 20]],
    [
      'woocommerce-points-and-rewards.csv',
      { email: 'email', customerId: 'customer_id', points: 'wc_points_balance', delimiter: ',' },
      [900, 12],
    ],
    [
      'mycred-by-email.csv',
      { email: 'mycred_user', customerId: 'mycred_user', points: 'mycred_amount', delimiter: ',' },
      [1_235, 30],
    ],
    ['yith-by-email.csv', { email: 'email', customerId: null, points: 'points', delimiter: ';' }, [1_500, 20]],
    ['yith-by-id.csv', { email: null, customerId: 'id', points: 'points', delimiter: ',' }, [150, 20]],
    ['wployalty.csv', { email: 'email', customerId: null, points: 'points', delimiter: ',' }, [77, 8]],
    ['flycart.tsv', { email: 'user_email', customerId: null, points: 'points', delimiter: '\t' }, [77, 8]],
  ])('%s', (name, columns, points) => {
    const file = read(fileOf(name));
    expect(file.columns).toEqual(columns);
    expect(file.refused).toEqual([]);
    expect(file.rows.map(([, , one]) => one)).toEqual(points);
    for (const [email, customerId] of file.rows) expect(email ?? customerId).not.toBeNull();
    if (columns.email !== null) expect(file.rows[0]?.[0]).toBe('anna@example.com');
  });

  it('the store’s platform may be named before a customer’s number and address', () => {
    const text = 'Shopify Customer Email,Shopify Customer ID,Points\na@example.com,42,5';
    expect(read(text).rows).toEqual([['a@example.com', '42', 5]]);
    expect(read('WooCommerce_Customer_ID,Points\n42,5').rows).toEqual([[null, '42', 5]]);
  });

  it('an app’s own number of a customer is not the store’s', () => {
    expect(read(fileOf('smile.csv')).rows[0]).toEqual(['anna@example.com', null, 89_085]);
    expect(read(fileOf('loyaltylion.csv')).rows[0]).toEqual(['anna@example.com', '7001', 320]);
  });

  it('a column of either addresses or numbers is read by what stands in it; names of logins are refused', () => {
    const file = read(fileOf('mycred-by-id.csv'));
    expect(file.rows).toEqual([[null, '42', 100]]);
    expect(file.refused).toEqual([{ line: 3, why: 'no-customer', points: '30' }]);
  });
});

describe('a file of balances', () => {
  it.each([
    ['heads in any case, with a mark at the beginning', '\uFEFFE-Mail,Points  Balance\na@example.com,120\n', 120],
    ['more columns than are needed', 'x,customer_email,first_name,points_approved\n1,a@example.com,Anna,7', 7],
    ['a head with the divider in it', '"Name, first",email,points\nAnna,a@example.com,3', 3],
    ['semicolons, with a comma in a cell', 'name;email;points\nBerg, Anna;a@example.com;1.234,00', 1_234],
    ['tabs', 'email\tpoints\r\na@example.com\t12\r\n', 12],
    ['lines that old Macs end', 'email,points\ra@example.com,12\r', 12],
    ['what can be spent, not all that was earned', 'email,points,points_balance\na@example.com,900,12', 12],
  ])('%s', (_case, text, points) => {
    expect(read(text)).toMatchObject({ rows: [['a@example.com', null, points]], refused: [], rounded: 0 });
  });

  it.each([
    ['42', '42'],
    ["'6940095564001", '6940095564001'],
    ['gid://shopify/Customer/6940095564001', '6940095564001'],
  ])('knows the number of a customer in %s', (cell, customerId) => {
    expect(read(`Customer ID,Balance\n${cell},5`).rows).toEqual([[null, customerId, 5]]);
  });

  it('names the lines that it refuses, empty ones counted', () => {
    const text =
      'email,points\n,5\na@example.com,many\n\nb@example.com,1.234\n,,\nc@example.com,-3\nd@example.com,2.5\n';
    expect(read(text)).toEqual({
      columns: { email: 'email', customerId: null, points: 'points', delimiter: ',' },
      rows: [
        ['c@example.com', null, -3],
        ['d@example.com', null, 3],
      ],
      rounded: 1,
      refused: [
        { line: 2, why: 'no-customer', points: '5' },
        { line: 3, why: 'not-a-number', points: 'many' },
        { line: 5, why: 'unclear', points: '1.234' },
      ],
    });
  });

  it.each([
    ['email,name\na@example.com,Anna', 'No column holds points. The first line names “email”, “name”.'],
    [
      'name;points\nAnna;5',
      'No column names customers by e-mail address or number. The first line names “name”, “points”.',
    ],
    ['', 'No column holds points. The first line is empty.'],
  ])('says what it misses in %j', (text, message) => {
    expect(readBalanceFile(text)).toEqual({
      ok: false,
      code: 'no-columns',
      message: `${message} Call the columns “Email” and “Points balance”.`,
    });
  });

  it('refuses a quote that is never closed', () => {
    expect(readBalanceFile('email,points\na@example.com,"5\nb@example.com,7\n')).toMatchObject({ code: 'open-quote' });
  });
});
