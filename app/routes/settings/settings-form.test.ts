import { describe, expect, it } from 'vitest';
import { matrixOfRow } from '#app/domains/incentives/index.ts';
import { checkSettings, toSettings, toSettingsForm } from './settings-form.ts';

const settings = {
  holdoutBps: 525,
  defaultMarginBps: 4000,
  minMarginBps: 0,
  enteredTaxBps: 1900,
  combinesWith: matrixOfRow({ order: true, product: false, shipping: true }),
  codeReserveBps: null,
};

describe('settings form', () => {
  it('writes and reads the same settings', () => {
    expect(toSettings(toSettingsForm(settings))).toEqual(settings);
  });

  it.each([
    ['above the limit', '50.01'],
    ['negative', '-1'],
    ['words', 'five'],
    ['empty', ''],
    ['too many decimals', '1.234'],
    ['exponent', '1e1'],
  ])('refuses a holdout that is %s', (_name, holdout) => {
    const form = { ...toSettingsForm(settings), holdout };
    expect(Object.keys(checkSettings(form))).toEqual(['holdout']);
    expect(toSettings(form)).toBeNull();
  });

  it('writes and reads a reserve for codes', () => {
    const own = { ...settings, codeReserveBps: 1500 };
    expect(toSettings(toSettingsForm(own))).toEqual(own);
    expect(Object.keys(checkSettings({ ...toSettingsForm(own), codeReserve: '91' }))).toEqual(['codeReserve']);
  });

  it('an empty tax leaves it to the store’s orders, and 0 is one', () => {
    const form = toSettingsForm({ ...settings, enteredTaxBps: null });
    expect(form.taxInPrices).toBe('');
    expect(toSettings(form)?.enteredTaxBps).toBeNull();
    expect(toSettings({ ...form, taxInPrices: '0' })?.enteredTaxBps).toBe(0);
    expect(Object.keys(checkSettings({ ...form, taxInPrices: '50.5' }))).toEqual(['taxInPrices']);
  });

  it('takes a comma for a point', () => {
    expect(toSettings({ ...toSettingsForm(settings), minMargin: '12,5' })?.minMarginBps).toBe(1250);
  });
});
