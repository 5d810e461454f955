import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { automaticStop } from '#app/domains/experiments/index.ts';
import { readTraffic } from '#app/domains/experiments/split-tests/store-sums.ts';
import { createSignalBuffer, type SignalBuffer } from '#app/domains/signals/index.ts';
import { signalsRoutes } from '#app/http/signals.ts';
import type { ShopId, VisitorId } from '#app/shared/ids.ts';
import { inArm, type Laboratory, openLaboratory, people, seen } from '#tests/integration/experiments/laboratory.ts';

/** In place of three hundred. */
const visitorsAnHour = 20;
const office = '203.0.113.7';

let lab: Laboratory;
let buffer: SignalBuffer;
let app: Hono;
let failing = false;
beforeAll(async () => {
  lab = await openLaboratory();
  const { services } = lab.test;
  buffer = createSignalBuffer(services, { flushMs: 5 });
  const asUsual = buffer.flush;
  app = signalsRoutes(
    services,
    { ...buffer, flush: () => (failing ? Promise.reject(new Error('no database')) : asUsual()) },
    { visitorsAnHour },
  );
});
afterAll(async () => {
  await buffer.close();
  await lab.test.dispose();
});

const event = (values: object = {}) => ({
  id: randomUUID(),
  kind: 'view',
  productId: '7',
  at: lab.clock.at.toISOString(),
  ...values,
});

async function send(shopId: ShopId, visitorId: VisitorId, address: string, events: object[] = [event()]) {
  const answer = await app.request('/signals', {
    method: 'POST',
    body: JSON.stringify({ shopId, visitorId, events }),
    headers: { 'content-type': 'text/plain', 'x-forwarded-for': `198.51.100.1, ${address}` },
  });
  return answer.status;
}

/** A test with as many visitors as it was planned for, but one, of whom each fourth bought. */
async function nearlyDone() {
  const shopId = await lab.shopWithCosts();
  const one = await lab.running(shopId);
  const visitors = people(240);
  await lab.sight(shopId, visitors);
  const buyers = ['a', 'b'].flatMap((key) => inArm(one, visitors, key).slice(0, 30));
  for (const buyer of buyers) await lab.order(shopId, buyer);
  return { shopId, one: { ...one, plannedVisitors: 241 } };
}

const state = async (shopId: ShopId, one: Parameters<Laboratory['reading']>[1]) => {
  await buffer.flush();
  const at = lab.clock.at;
  // What happens now is read a moment later.
  lab.clock.at = new Date(at.getTime() + 500);
  const reading = await lab.reading(shopId, one);
  lab.clock.at = at;
  const rest = await lab.inShop(shopId, async (scope) => ({
    signals: await scope.tx.signal.count({ where: { shopId } }),
    traffic: await readTraffic(scope, {
      productIds: [],
      from: seen,
      to: new Date(lab.clock.at.getTime() + 1),
      marginBps: 4_000,
    }),
  }));
  return { reading, stop: automaticStop(one, reading), ...rest };
};

describe('a machine that is a new visitor at every view', () => {
  it('moves no list, no result and no planned number, however it dates its views', async () => {
    const { shopId, one } = await nearlyDone();
    const before = await state(shopId, one);
    const fresh = people(280);
    for (const [index, visitor] of fresh.entries()) {
      const at = new Date(lab.clock.at.getTime() - (index % 7) * 86_400_000).toISOString();
      const doing = [event({ at }), event({ at, productId: '8' }), event({ kind: 'click', surface: 'cart' })];
      expect(await send(shopId, visitor, office, doing)).toBe(202);
    }
    const after = await state(shopId, one);
    expect(after.reading.machines).toBe(fresh.length);
    expect({ ...after, reading: { ...after.reading, machines: 0 } }).toEqual(before);
    expect(after.stop).toEqual({ stop: false });
  });

  it('would have ended the test, if it stayed below the bound', async () => {
    const { shopId, one } = await nearlyDone();
    for (const visitor of people(visitorsAnHour)) await send(shopId, visitor, office);
    expect(await state(shopId, one)).toMatchObject({
      reading: { visitors: 240 + visitorsAnHour, verdict: 'open' },
      stop: { stop: true, reason: 'done' },
    });
  });
});

describe('people who share an address', () => {
  it('count as everybody up to the bound, in the next hour again, and elsewhere', async () => {
    const { shopId, one } = await nearlyDone();
    const came = people(visitorsAnHour);
    for (const visitor of came) await send(shopId, visitor, office, [event(), event()]);
    for (const visitor of came) await send(shopId, visitor, office);
    expect(await state(shopId, one)).toMatchObject({ reading: { visitors: 240 + visitorsAnHour }, signals: 60 });
    for (const visitor of people(5)) await send(shopId, visitor, '203.0.113.8');
    for (const visitor of people(visitorsAnHour + 5)) await send(shopId, visitor, '127.0.0.1');
    expect(await state(shopId, one)).toMatchObject({ reading: { visitors: 290, machines: 0 } });
    const at = lab.clock.at;
    lab.clock.at = new Date(at.getTime() + 3_600_000);
    for (const visitor of people(visitorsAnHour)) await send(shopId, visitor, office);
    expect(await state(shopId, one)).toMatchObject({ reading: { visitors: 310, machines: 0 } });
    lab.clock.at = at;
  });

  it('who buy count, in a crowd too, and who were known before it stay', async () => {
    const { shopId, one } = await nearlyDone();
    const crowd = people(60);
    const [first, last, known] = [crowd[0], crowd[59], crowd[5]] as [VisitorId, VisitorId, VisitorId];
    const at = lab.clock.at;
    lab.clock.at = new Date(at.getTime() - 7_200_000);
    await send(shopId, known, office);
    await buffer.flush();
    lab.clock.at = at;
    for (const visitor of crowd) await send(shopId, visitor, office);
    expect(await state(shopId, one)).toMatchObject({ reading: { visitors: 241, machines: 59 }, signals: 1 });
    const placedAt = new Date(at.getTime() + 1_000);
    lab.clock.at = new Date(at.getTime() + 2_000);
    for (const buyer of [first, last]) await lab.order(shopId, buyer, { placedAt });
    const { reading } = await state(shopId, one);
    expect(reading).toMatchObject({ visitors: 243, machines: 57 });
    expect(reading.arms.reduce((sum, { buyers }) => sum + buyers, 0)).toBe(62);
    lab.clock.at = at;
  });
});

it('who came before a crowd was known for one is left out with its next request where the database was away', async () => {
  const { shopId, one } = await nearlyDone();
  for (const visitor of people(visitorsAnHour)) await send(shopId, visitor, office);
  await buffer.flush();
  failing = true;
  expect(await send(shopId, people(1)[0]!, office)).toBe(202);
  failing = false;
  expect(await state(shopId, one)).toMatchObject({ reading: { visitors: 260, machines: 1 } });
  expect(await send(shopId, people(1)[0]!, office)).toBe(202);
  expect(await state(shopId, one)).toMatchObject({ reading: { visitors: 240, machines: 22 }, signals: 0 });
});
