import { expect, test } from 'vitest';
import { mayConnect } from './public-address.ts';

test.each(['93.184.216.34', '1.1.1.1', '172.32.0.1', '2606:2800:220:1::1'])('%s is public', (ip) => {
  expect(mayConnect(ip, false)).toBe(true);
});

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:93.184.216.34',
  '64:ff9b::a00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2001::1',
  'localhost',
  '',
])('%s is not', (ip) => {
  expect(mayConnect(ip, false)).toBe(false);
});

test('this machine where it is allowed, and nothing else', () => {
  expect(['127.0.0.1', '::1', '10.0.0.1', '169.254.169.254'].map((ip) => mayConnect(ip, true))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
