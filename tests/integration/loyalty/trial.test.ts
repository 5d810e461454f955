import { afterAll, beforeAll, expect, it } from 'vitest';
import { findProgramme, type ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { startSimulation, trySettings } from '#app/flows/loyalty/programme.ts';
import simulateLoyalty from '#app/flows/loyalty/simulate.ts';
import { latestSimulation } from '#app/flows/loyalty/simulation-report.ts';
import { createTestServices, type TestServices } from '#tests/setup/services.ts';
import { type LoyalShop, loyalShop, on, orderOf, plainProgramme } from './loyal-shop.ts';

let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => on(5) } });
});
afterAll(() => made.dispose());

async function shopWithOrders(): Promise<LoyalShop> {
  const shop = await loyalShop(made);
  await shop.inShop((scope) =>
    upsertOrders(scope, [orderOf('1', 10_000, { placedAt: on(-20) }), orderOf('2', 5_000, { placedAt: on(-5) })]),
  );
  return shop;
}
const perform = ({ shopId }: LoyalShop, runId: string) =>
  simulateLoyalty(
    { shopId, runId },
    { services: made.services, lastAttempt: true, attempt: 1, signal: new AbortController().signal },
  );
const doubled: ProgrammeSettings = {
  ...plainProgramme,
  rules: [{ id: 'money', kind: 'amount', on: true, points: 2, perMinor: 100 }],
};
const both = (shop: LoyalShop) =>
  shop.inShop(async (scope) => ({
    saved: (await latestSimulation(scope, 'saved')).report?.points ?? null,
    tried: (await latestSimulation(scope, 'tried')).report?.points ?? null,
  }));

it('settings that are tried are calculated by themselves, and nothing of them is saved', async () => {
  const shop = await shopWithOrders();
  const before = await shop.inShop(findProgramme);
  const trial = await trySettings(made.services, shop.shopId, doubled);
  expect(trial.ok).toBe(true);
  await perform(shop, trial.ok ? trial.value.id : '');
  expect(await both(shop)).toEqual({ saved: null, tried: 300 });
  const saved = await startSimulation(made.services, shop.shopId);
  await perform(shop, saved.id);
  expect(await both(shop)).toEqual({ saved: 150, tried: 300 });
  expect(await shop.inShop(findProgramme)).toEqual(before);
});

it('what cannot be saved cannot be tried either', async () => {
  const shop = await shopWithOrders();
  for (const wrong of [{}, null, { ...doubled, rules: [{ id: 'money', kind: 'amount', points: -1 }] }])
    expect(await trySettings(made.services, shop.shopId, wrong)).toMatchObject({ ok: false, code: 'invalid' });
  expect(await shop.inShop(({ tx }) => tx.run.count({ where: { shopId: shop.shopId } }))).toBe(0);
});

it('who asks while another calculation is at work is told so, and sees its progress', async () => {
  const shop = await shopWithOrders();
  const saved = await startSimulation(made.services, shop.shopId);
  expect(await trySettings(made.services, shop.shopId, doubled)).toMatchObject({ ok: false, code: 'busy' });
  const shown = await shop.inShop((scope) => latestSimulation(scope, 'tried'));
  expect(shown).toMatchObject({ running: { id: saved.id }, report: null, failure: null });
});

it('a trial that failed says so where it was tried, and not at the saved settings', async () => {
  const shop = await shopWithOrders();
  const trial = await trySettings(made.services, shop.shopId, doubled);
  const failed = { status: 'failed', error: 'no luck', finishedAt: on(5) };
  await shop.inShop(({ tx }) => tx.run.updateMany({ where: { id: trial.ok ? trial.value.id : '' }, data: failed }));
  const told = await shop.inShop(async (scope) => [
    (await latestSimulation(scope, 'tried')).failure,
    (await latestSimulation(scope, 'saved')).failure,
  ]);
  expect(told).toEqual(['no luck', null]);
});
