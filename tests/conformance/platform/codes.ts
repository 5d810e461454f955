import { expect, test } from 'vitest';
import type { CodesPublication } from '#app/platforms/platform.ts';
import type { PlatformUnderTest } from './suite.ts';

/** What every adapter must do alike with discount codes of ours. */
export function codesConformance(open: () => PlatformUnderTest): void {
  test('codes are made once, others’ are refused, and those that are taken away are gone', async () => {
    const { platform, shop, installCompanion, ownCode, codesInStore } = open();
    installCompanion('ready');
    await platform.checkCompanion(shop, { renew: true });
    await platform.publishCodeGuard(shop, '1;2000;');
    ownCode('OF-THE-MERCHANT');
    const offer: CodesPublication = {
      ...{ storeId: null, title: 'Five off', gives: { type: 'amount', minor: 500 }, class: 'order' },
      ...{ combinesWith: { order: false, product: false, shipping: true }, minSubtotalMinor: null, productIds: null },
      ...{ bound: false, uses: 1, startsAt: new Date(), endsAt: null, currency: 'EUR' },
      config: '1;a;500;0;0;;;EUR',
      codes: ['TRL-AAAA', 'TRL-BBBB', 'TRL-CCCC'],
    };
    const made = await platform.publishCodes(shop, offer);
    expect([made.made.map(({ code }) => code), made.refused]).toEqual([offer.codes, []]);
    expect(codesInStore()).toEqual(expect.arrayContaining([...offer.codes]));
    // As if the answer had been lost.
    const again = await platform.publishCodes(shop, { ...offer, storeId: made.storeId });
    expect(again).toEqual(made);
    const others = await platform.publishCodes(shop, { ...offer, storeId: made.storeId, codes: ['OF-THE-MERCHANT'] });
    expect([others.made, others.refused.map(({ code }) => code)]).toEqual([[], ['OF-THE-MERCHANT']]);
    const [first, ...rest] = made.made;
    if (!first) throw new Error('no code');
    const removal = (codes: readonly { code: string; storeId: string | null }[], last: boolean) => ({
      ...{ storeId: made.storeId, codes, last },
    });
    for (const _time of ['first', 'again']) {
      await platform.removeCodes(shop, removal([first], false));
      expect(codesInStore()).not.toContain('TRL-AAAA');
      expect(codesInStore()).toEqual(expect.arrayContaining(['TRL-BBBB', 'TRL-CCCC', 'OF-THE-MERCHANT']));
    }
    // One whose answer never came is known by its text alone.
    await platform.removeCodes(shop, removal([{ code: 'TRL-BBBB', storeId: null }, ...rest], true));
    expect(codesInStore().filter((code) => code.startsWith('TRL-'))).toEqual([]);
    expect(codesInStore()).toContain('OF-THE-MERCHANT');
  });
}
