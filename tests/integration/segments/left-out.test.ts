import { afterAll, beforeAll, expect, it } from 'vitest';
import { emailKey, noteKeys } from '#app/domains/identity/index.ts';
import { beginProgramme } from '#app/domains/loyalty/index.ts';
import { readLeftOut, readMembers } from '#app/domains/segments/index.ts';
import fitSegments from '#app/flows/fit-segments.ts';
import { segmentFacts } from '#app/flows/segments/facts.ts';
import { leftOutWords } from '#app/routes/segments/left-out.tsx';
import {
  createSegment,
  fillSegment,
  readOwnSegments,
  segmentDraft,
  scoreCustomers,
} from '#app/domains/segments/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { plainProgramme } from '#tests/integration/loyalty/loyal-shop.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { group, insertCustomers, now, rule } from './six-customers.ts';

let made: TestServices;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());

const context = () => ({
  services: made.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});

it('money in another currency counts by the rate of the programme of points, and what has none is said', async () => {
  const shopId = await insertCustomers(made);
  const inShop = <T>(work: Parameters<typeof made.services.db.inShop<T>>[1]) => made.services.db.inShop(shopId, work);
  const spentBy = async (id: string) =>
    (await inShop((scope) => readMembers(scope, null, '', 100))).find(({ customerId }) => customerId === id)
      ?.spentMinor;
  await fitSegments({ shopId }, context());
  expect(await spentBy('fay')).toBe(0);
  expect(await inShop((scope) => readLeftOut(scope))).toMatchObject({ unpriced: 1, rated: [] });
  // A franc is 1.05 €.
  await inShop((scope) => beginProgramme(scope, { ...plainProgramme, rates: { CHF: 1_050_000 } }, 'salt', now));
  await fitSegments({ shopId }, context());
  expect(await spentBy('fay')).toBe(73_500);
  // After an order, by the rates of the night.
  await inShop((scope) => scoreCustomers(scope, ['fay'], now));
  expect(await spentBy('fay')).toBe(73_500);
  const left = await inShop((scope) => readLeftOut(scope));
  expect(left).toMatchObject({ unpriced: 0, rated: ['CHF'] });
  for (const values of [
    { compare: 'at-least', minor: 73_500, days: null },
    { compare: 'at-least', minor: 73_500, days: 10 },
  ]) {
    const id = crypto.randomUUID();
    await inShop((scope) =>
      createSegment(scope, id, segmentDraft.parse({ name: id, definition: group('all', rule('spend', values)) }), now),
    );
    const facts = segmentFacts({ id: shopId, currency: 'EUR', timeZone: 'Europe/Berlin' }, now);
    const members = await inShop(async (scope) => {
      const segment = (await readOwnSegments(scope)).find((one) => one.id === id);
      if (!segment) throw new Error('the segment is there');
      await fillSegment(scope, segment, facts, 10_000);
      return scope.tx.segmentMember.findMany({ where: { shopId, segmentId: id }, orderBy: { customerId: 'asc' } });
    });
    expect(members.map(({ customerId }) => customerId)).toEqual(values.days === null ? ['ben', 'fay'] : ['fay']);
  }
});

it('orders that name neither an account nor a mailbox are counted, and the page says how many', async () => {
  const shopId = await insertShop(made.database, { currency: 'EUR' });
  const { db, secrets } = made.services;
  expect(await db.inShop(shopId, (scope) => readLeftOut(scope))).toBeNull();
  await fitSegments({ shopId }, context());
  expect(await db.inShop(shopId, (scope) => readLeftOut(scope))).toEqual({
    guests: { unnamed: 0 },
    unpriced: 0,
    rated: [],
  });
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const order = (id: string, days: number, change: object = {}) =>
    platformOrder({ id, customerId: null, placedAt: ago(days), currency: 'EUR', totalMinor: 100, ...change });
  await db.inShop(shopId, async (scope) => {
    await upsertOrders(scope, [
      ...[order('1', 3), order('2', 30), order('3', 40), order('4', 10), order('old', 400)],
      ...[
        order('gone', 4, { cancelledAt: now }),
        order('back', 4, { refundedMinor: 100 }),
        order('test', 4, { test: true }),
      ],
      order('known', 5, { customerId: 'anna' }),
    ]);
    const keys = (email: string) => [emailKey(secrets, email)].flatMap((key) => key ?? []);
    await noteKeys(scope, [
      { subject: 'o:1', keys: keys('ida@example.com') },
      { subject: 'o:2', keys: keys('Ida@example.com') },
      { subject: 'o:3', keys: keys('anna@example.com') },
      { subject: 'o:old', keys: keys('long-ago@example.com') },
      { subject: 'o:gone', keys: keys('nobody@example.com') },
      { subject: 'c:anna', keys: keys('anna@example.com') },
    ]);
  });
  // The page counts nothing: it says what the division found.
  expect((await db.inShop(shopId, (scope) => readLeftOut(scope)))?.guests.unnamed).toBe(0);
  await fitSegments({ shopId }, context());
  const left = await db.inShop(shopId, (scope) => readLeftOut(scope));
  if (!left) throw new Error('it was counted');
  expect(left.guests).toEqual({ unnamed: 1 });
  expect(leftOutWords(left)).toEqual([
    '1 order of the past year names neither an account nor an address, such as sales over the counter and those of customers who were erased.',
  ]);
  // What the night before an update wrote is read.
  await db.inShop(shopId, ({ tx }) =>
    tx.segmentFit.update({
      where: { shopId },
      data: { leftOut: { ...left, guests: { buyers: 2, withAccount: 1, orders: 4, unnamed: 3 } } },
    }),
  );
  expect((await db.inShop(shopId, (scope) => readLeftOut(scope)))?.guests).toEqual({ unnamed: 3 });
});
