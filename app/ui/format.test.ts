import { describe, expect, it } from 'vitest';
import {
  formatAbout,
  formatAge,
  formatBps,
  formatDay,
  formatDigits,
  formatMoney,
  formatMoneyTick,
  formatMonth,
  formatPlural,
  formatShare,
} from './format.ts';

describe('formatMoney', () => {
  it.each([
    ['two decimals', 123456, 'USD', {}, '$1,234.56'],
    ['no decimals', 1234, 'JPY', {}, '¥1,234'],
    ['three decimals', 1234567, 'KWD', {}, 'KWD 1,234.567'],
    ['beyond what a float holds to the cent', 900719925474099, 'USD', {}, '$9,007,199,254,740.99'],
    ['with a sign', 250, 'EUR', { sign: true }, '+€2.50'],
    ['whole', 123456, 'USD', { whole: true }, '$1,235'],
  ])('%s', (_name, minor, currency, options, text) => {
    expect(formatMoney(minor, currency, options).replace(/\u00a0/g, ' ')).toBe(text);
  });
});

describe('formatAbout', () => {
  it.each([
    ['whole units', 3573, 'EUR', '€36'],
    ['what would be rounded to nothing', 49, 'EUR', 'under €1'],
    ['half a unit is one', 50, 'EUR', '€1'],
    ['nothing', 0, 'EUR', '€0'],
    ['a loss', -2_000, 'EUR', '-€20'],
    ['a currency without decimals', 1, 'JPY', '¥1'],
  ])('%s', (_name, minor, currency, text) => {
    expect(formatAbout(minor, currency)).toBe(text);
  });
});

describe('formatMoneyTick', () => {
  it.each([
    ['whole steps', 25_000, 25_000, 'USD', {}, '$250'],
    ['steps with cents', 150, 50, 'USD', {}, '$1.50'],
    ['thousands', 1_250_000, 250_000, 'USD', {}, '$12.5K'],
    ['a loss', -2_000, 1_000, 'EUR', { sign: true }, '-€20'],
    ['a gain', 2_000_000, 1_000_000, 'EUR', { sign: true }, '+€20K'],
    ['no decimals', 5_000, 1_000, 'JPY', {}, '¥5,000'],
  ])('%s', (_name, minor, step, currency, options, text) => {
    expect(formatMoneyTick(minor, step, currency, options)).toBe(text);
  });
});

describe('other numbers', () => {
  it('writes months, and digits in groups with the decimals that they have', () => {
    expect(formatMonth('2026-01')).toBe('Jan 2026');
    expect(['20250', '-1234.50', '0', '12.345'].map(formatDigits)).toEqual(['20,250', '-1,234.50', '0', '12.345']);
  });

  it('writes shares', () => {
    expect([formatBps(500), formatBps(1250), formatShare(0.0834)]).toEqual(['5%', '12.5%', '8.3%']);
    expect([formatShare(0.000006), formatShare(0)]).toEqual(['under 0.1%', '0%']);
  });
  it("writes days in the shop's zone, not in the server's", () => {
    expect(formatDay('2026-11-21T23:30:00Z', 'Asia/Tokyo')).toBe('Nov 22, 2026');
  });
  it('writes ages', () => {
    const now = '2026-11-21T12:00:00Z';
    expect(formatAge('2026-11-21T11:59:40Z', now)).toBe('just now');
    expect(formatAge('2026-11-21T11:55:00Z', now)).toBe('5 minutes ago');
    expect(formatAge('2026-11-20T12:00:00Z', now)).toBe('yesterday');
  });
  it('writes counts of things', () => {
    expect([formatPlural(1, 'product'), formatPlural(1200, 'product')]).toEqual(['1 product', '1,200 products']);
  });
});
