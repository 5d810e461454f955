import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSplitTest, stopForeignTests } from '#app/domains/experiments/index.ts';
import { saveExperiment } from '#app/flows/change-experiment.ts';
import { openPriceTests, percent, type PriceTests } from './price-tests.ts';
import { atCheckout } from './published-tests.ts';

// A store changes its currency: what was entered as 3 euros is not 3 yen.

let tests: PriceTests;
beforeAll(async () => {
  tests = await openPriceTests(4);
});
afterAll(() => tests.store.close());

const sellIn = (currency: string) =>
  tests.inShop(({ tx }) => tx.shop.updateMany({ where: { id: tests.shopId }, data: { currency } }));

it('stops tests of amounts with a reason, refuses drafts of them until they are entered anew, and keeps percentages', async () => {
  const [first, second, third, fourth] = tests.products;
  if (!first || !second || !third || !fourth) throw new Error('too few products');
  const { currency: before } = await tests.inShop(({ tx }) =>
    tx.shop.findUniqueOrThrow({ where: { id: tests.shopId } }),
  );
  const amounts = await tests.bundleOf([first, second]);
  const waiting = await tests.bundleOf([first, third]);
  const shares = await tests.bundleOf([first, fourth]);
  const running = await tests.draft(amounts, { type: 'amount', minor: 300 });
  const later = await tests.draft(waiting, { type: 'amount', minor: 300 });
  const share = await tests.draft(shares, percent(2500));
  for (const id of [running, share]) expect(await tests.change(id, 'start')).toMatchObject({ ok: true });
  await tests.publish();
  expect(atCheckout(tests.store)).toHaveLength(2);

  const other = before === 'JPY' ? 'KWD' : 'JPY';
  await sellIn(other);
  await tests.publish();
  expect(await tests.inShop((scope) => findSplitTest(scope, running))).toMatchObject({
    state: 'stopped',
    stopReason: 'currency-changed',
  });
  expect(await tests.inShop((scope) => findSplitTest(scope, share))).toMatchObject({ state: 'running' });
  expect(atCheckout(tests.store)).toHaveLength(1);

  // Neither the draft nor the winner of the stopped one may bring the old amount back.
  const refused = await tests.change(later, 'start');
  expect(refused).toMatchObject({ ok: false, code: 'price-refused' });
  expect(refused).toMatchObject({
    message: `These amounts were entered in ${before}. Enter them in ${other} and save.`,
  });
  expect(await tests.change(running, 'apply')).toMatchObject({ ok: false, code: 'price-refused' });
  const stored = await tests.inShop((scope) => findSplitTest(scope, later));
  expect(await saveExperiment(tests.services, tests.shopId, later, stored)).toMatchObject({ ok: true });
  expect(await tests.inShop((scope) => findSplitTest(scope, later))).toMatchObject({ currency: other });
  expect(await tests.change(later, 'start')).toMatchObject({ ok: true });
});

it('stops tests of a bundle that gives nothing, and takes tests from before currencies were kept as they are', async () => {
  const [first, second] = tests.products;
  if (!first || !second) throw new Error('too few products');
  const subject = await tests.bundleOf([second, first]);
  const id = await tests.draft(subject, percent(2000));
  await tests.inShop(({ tx }) => tx.splitTest.updateMany({ where: { id }, data: { currency: null } }));
  await tests.inShop(({ tx }) => tx.splitTest.updateMany({ where: { id }, data: { status: 'running' } }));
  const stop = (bundles: readonly string[]) =>
    tests.inShop((scope) => stopForeignTests(scope, { currency: 'ZAR', bundles, now: new Date() }));
  await tests.inShop(({ tx }) => tx.splitTest.deleteMany({ where: { id: { not: id } } }));
  expect(await stop([])).toBe(0);
  expect(await tests.inShop((scope) => findSplitTest(scope, id))).toMatchObject({ currency: 'ZAR', state: 'running' });
  expect(await stop([subject])).toBe(1);
  expect(await stop([subject])).toBe(0);
});
