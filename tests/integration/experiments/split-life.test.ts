import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteBundle } from '#app/domains/bundles/index.ts';
import {
  findSplitTest,
  planSplitTest,
  readingHistory,
  readTestsIn,
  stopSplitTest,
} from '#app/domains/experiments/index.ts';
import { changeExperiment } from '#app/flows/change-experiment.ts';
import judgeExperiments from '#app/flows/judge-experiments.ts';
import { insertShop } from '#tests/setup/services.ts';
import { inArm, type Laboratory, openLaboratory, people, start } from './laboratory.ts';

let lab: Laboratory;
beforeAll(async () => {
  lab = await openLaboratory();
});
afterAll(() => lab.test.dispose());

describe('life of a test', () => {
  it('starts once, is not started beside another of the same thing, and stops once', async () => {
    const shopId = await insertShop(lab.test.database);
    const one = await lab.running(shopId);
    expect(await lab.begin(shopId, one.id)).toMatchObject({ ok: false, code: 'wrong-state' });
    const twin = await lab.draft(shopId);
    expect(await lab.begin(shopId, twin.id)).toMatchObject({ ok: false, code: 'same-subject' });
    expect(await lab.begin(shopId, twin.id, null)).toMatchObject({ ok: false, code: 'subject-gone' });
    const stops = await Promise.all(
      [1, 2, 3].map(() =>
        lab.inShop(shopId, (scope) => stopSplitTest(scope, one.id, { reason: 'by-hand', now: lab.clock.at })),
      ),
    );
    expect(stops.filter((stop) => stop.ok)).toHaveLength(1);
    expect(await lab.begin(shopId, twin.id)).toMatchObject({ ok: true });
  });

  it('is planned from the shop’s last weeks', async () => {
    const shopId = await lab.shopWithCosts();
    const visitors = people(280);
    const at = new Date(start.getTime() - 10 * 86_400_000);
    for (const visitor of visitors) await lab.views(shopId, visitor, 1, at);
    for (const buyer of visitors.slice(0, 28))
      await lab.order(shopId, buyer, { placedAt: new Date(at.getTime() + 3_600_000) });
    const plan = await lab.inShop(shopId, (scope) =>
      planSplitTest(
        scope,
        {
          arms: [
            { key: 'a', share: 5_000, change: {} },
            { key: 'b', share: 5_000, change: { hide: true } },
          ],
          effectBps: 5_000,
          trafficBps: 5_000,
        },
        { now: start, productIds: ['7'], marginBps: 4_000 },
      ),
    );
    expect(plan.visitorsPerDay).toBeCloseTo(5, 6);
    expect(plan.visitors).toBeGreaterThan(500);
    expect(plan.days).toBe(Math.ceil((plan.visitors ?? 0) / 5));
  });
});

it('one that is applied while it runs keeps what it showed then, and shows it', async () => {
  const shopId = await lab.shopWithCosts();
  const one = await lab.running(shopId);
  const visitors = people(1_000);
  await lab.sight(shopId, visitors);
  for (const buyer of inArm(one, visitors, 'a').slice(0, 60)) await lab.order(shopId, buyer);
  for (const buyer of inArm(one, visitors, 'b').slice(0, 120)) await lab.order(shopId, buyer);
  const last = await lab.reading(shopId, one);
  expect(last.arms[1]?.contrast).toMatchObject({ key: 'b' });
  expect(await changeExperiment(lab.test.services, shopId, one.id, { intent: 'apply', arm: 'b' })).toMatchObject({
    ok: true,
    value: { state: 'applied', appliedArm: 'b' },
  });
  const kept = () => lab.inShop(shopId, (scope) => readingHistory(scope, one.id));
  const [point] = (await kept()).flatMap(({ points }) => points);
  expect(point).toEqual({ ...last.arms[1]?.contrast, visitors: 1_000 });
  // What is bought afterwards is no longer the test's.
  lab.clock.at = new Date(lab.clock.at.getTime() + 86_400_000);
  await lab.order(shopId, inArm(one, visitors, 'a')[70] ?? null, { placedAt: lab.clock.at });
  const test = await lab.inShop(shopId, (scope) => findSplitTest(scope, one.id));
  expect(test && (await lab.reading(shopId, test))).toEqual(last);
});

describe('the hourly job', () => {
  const judge = () =>
    judgeExperiments(
      {},
      { services: lab.test.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal },
    );

  it('keeps one reading a day, stops a test that loses money once, and has the store told', async () => {
    const shopId = await lab.shopWithCosts();
    const harmless = await lab.running(shopId, { subject: { type: 'widget', id: 'cart' } });
    const one = await lab.running(shopId);
    const visitors = people(1_200);
    await lab.sight(shopId, visitors);
    for (const buyer of inArm(one, visitors, 'a').slice(0, 200)) await lab.order(shopId, buyer);
    for (const buyer of inArm(one, visitors, 'b').slice(0, 30)) await lab.order(shopId, buyer);
    await judge();
    lab.clock.at = new Date(lab.clock.at.getTime() + 3_600_000);
    await judge();
    const after = await lab.inShop(shopId, (scope) => findSplitTest(scope, one.id));
    expect(after).toMatchObject({ state: 'stopped', stopReason: 'harm' });
    const history = await lab.inShop(shopId, (scope) => readingHistory(scope, one.id));
    expect(history).toHaveLength(1);
    expect(history[0]?.points[0]?.high).toBeLessThan(0);
    const runs = await lab.inShop(shopId, ({ tx }) => tx.run.count({ where: { kind: 'publish-bundles' } }));
    expect(runs).toBe(1);
    const left = await lab.inShop(shopId, (scope) => readTestsIn(scope, ['running']));
    expect(left.map(({ id }) => id)).toEqual([harmless.id]);
  });

  it('stops the test of a bundle that was deleted', async () => {
    const shopId = await lab.shopWithCosts();
    const subject = { type: 'bundle', id: randomUUID() };
    const arms = [
      { key: 'a', share: 5000, change: {} },
      { key: 'b', share: 5000, change: { hide: true } },
    ];
    await lab.inShop(shopId, ({ tx }) =>
      tx.bundle.create({
        data: {
          shopId,
          id: subject.id,
          kind: 'fixed',
          status: 'active',
          title: 'Tea for two',
          discountType: 'percentage',
          discountValue: 1_000n,
        },
      }),
    );
    const one = await lab.running(shopId, { subject, arms });
    await judge();
    expect(await lab.inShop(shopId, (scope) => findSplitTest(scope, one.id))).toMatchObject({ state: 'running' });
    await lab.inShop(shopId, (scope) => deleteBundle(scope, subject.id, { now: lab.clock.at }));
    await judge();
    expect(await lab.inShop(shopId, (scope) => findSplitTest(scope, one.id))).toMatchObject({
      state: 'stopped',
      stopReason: 'bundle-deleted',
    });
  });
});
