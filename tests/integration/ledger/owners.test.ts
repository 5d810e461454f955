import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import {
  checkLedger,
  earn,
  hold,
  joinOwners,
  ledgerJobs,
  readBalances,
  readCheck,
  spend,
} from '#app/domains/ledger/index.ts';
import { connectedShop } from '#app/flows/connected-shop.ts';
import { customerChanged, customerErased } from '#app/flows/customer-flows.ts';
import forgetGone from '#app/flows/forget-gone-customer.ts';
import { customerMerged } from '#app/flows/customer-merged.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findGone } from '#tests/setup/find-gone.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const day = 24 * 3_600_000;
const start = new Date('2026-01-31T12:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * day);
let now = start;
let made: TestServices;
let shopId: ShopId;
let admin: pg.Client;
beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now }, platforms: createPlatforms });
  shopId = await insertShop(made.database);
  admin = new pg.Client({ connectionString: made.database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await made.close();
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const customer = (ownerId: string, unit = 'points') => ({ ownerKind: 'customer', ownerId, unit });
const source = (id: string) => ({ kind: 'order', id, purpose: '' });
const give = (ownerId: string, id: string, amount: number, vestAt: Date | null = null, unit = 'points') =>
  inShop((scope) =>
    earn(scope, { account: customer(ownerId, unit), source: source(id), at: now, amount, vestAt, expiresAt: null }),
  );
const available = async (ownerId: string, unit = 'points') =>
  (await inShop((scope) => readBalances(scope, customer(ownerId, unit)))).available;
const merge = (from: string, id: string) =>
  inShop(async (scope) => {
    for (const step of customerMerged(made.services))
      if ('write' in step) await step.write(scope, [{ type: 'customer-merged', id, from }]);
  });
const lose = (id: string, earnings: 'now' | 'later') =>
  inShop(async (scope) => {
    const person = { customerId: id, email: null, orderIds: [] };
    for (const step of customerErased(made.services, () => person, earnings))
      if ('write' in step) await step.write(scope, [person]);
  });
async function runJob(id: string): Promise<void> {
  const job = ledgerJobs.find((one) => one.id === id);
  if (!job) throw new Error('no such job');
  const { default: handler } = await job.load();
  const context = { services: made.services, signal: new AbortController().signal, attempt: 1, lastAttempt: true };
  await handler({}, context);
}
/** A message speaks of a customer whom the store does not have when it is asked. */
async function askInVain(id: string): Promise<void> {
  const shop = await inShop(readShop);
  const platform = made.services.platforms[shop.platform];
  if (!platform) throw new Error('no adapter');
  const connected = connectedShop(shop, { ...platform, readOne: () => Promise.resolve(null) });
  for (const step of customerChanged(made.services, connected))
    if ('run' in step) await step.run(id, [{ type: 'customer-changed', id, updatedAt: null }]);
}
const names = async () =>
  (await admin.query<{ owner_id: string }>('SELECT owner_id FROM ledger_account ORDER BY id')).rows.map(
    (row) => row.owner_id,
  );

describe('a customer who becomes another', () => {
  it('brings points and credit along, told before the deletion or after it, once or twice', async () => {
    for (const [from, order] of [
      ['b1', ['merge', 'delete', 'merge']],
      ['b2', ['delete', 'merge', 'delete']],
    ] as const) {
      await give(from, `${from} points`, 70);
      await give(from, `${from} credit`, 500, null, 'EUR');
      for (const what of order) await (what === 'merge' ? merge(from, 'kept') : lose(from, 'later'));
    }
    now = after(30);
    await runJob('ledger.settle');
    expect(await available('kept')).toBe(140);
    expect(await available('kept', 'EUR')).toBe(1000);
    // Only the names of those who are gone went.
    const left = await names();
    expect(left.filter((name) => name === 'b1' || name === 'b2')).toEqual([]);
    expect(left).toContain('kept');
    // An erasure of one who became another takes nothing from that one.
    await give('b3', 'b3', 5);
    await merge('b3', 'kept');
    await lose('b3', 'now');
    expect(await available('kept')).toBe(145);
  });

  it('brings them along also where the store was found to have the first one no more, before it told why', async () => {
    const known = (id: string) =>
      inShop((scope) =>
        upsertCustomers(scope, made.services.secrets, [
          { id, email: null, locale: null, tags: [], createdAt: start, updatedAt: start },
        ]),
      );
    for (const found of ['compared', 'asked']) {
      await known(found);
      await give(found, `${found} points`, 30);
      await (found === 'compared' ? findGone(made, shopId, { customers: [found] }) : askInVain(found));
      await askInVain(found);
      await merge(found, 'other');
    }
    expect(await available('other')).toBe(60);
    const context = { services: made.services, signal: new AbortController().signal, attempt: 1, lastAttempt: true };
    for (const gone of ['forgotten', 'back']) {
      await known(gone);
      await give(gone, gone, 20);
      await askInVain(gone);
      // The store could not be asked for a moment, and has the customer.
      if (gone === 'back') await known(gone);
      await forgetGone({ shopId, customerId: gone }, context);
    }
    expect(await names()).not.toContain('forgotten');
    expect(await available('back')).toBe(20);
  });

  it('waits while something is set aside', async () => {
    await give('w', 'w', 10);
    const spending = {
      account: customer('w'),
      source: { kind: 'redemption', id: 'w', purpose: '' },
      at: now,
      amount: 4,
    };
    await inShop((scope) => hold(scope, spending));
    const owners = { from: customer('w'), into: customer('kept'), source: { kind: 'merge', id: 'w' }, at: now };
    expect(await inShop((scope) => joinOwners(scope, owners))).toEqual({ code: 'held', held: 4 });
    await expect(merge('w', 'kept')).rejects.toThrow('set aside');
  });
});

describe('a customer who is gone', () => {
  it('keeps the accounts for a week after a deletion, and loses them at once by an erasure, holds included', async () => {
    await give('gone', 'gone', 50);
    await lose('gone', 'later');
    now = new Date(now.getTime() + 6 * day);
    await runJob('ledger.settle');
    expect(await available('gone')).toBe(50);
    now = new Date(now.getTime() + 2 * day);
    await runJob('ledger.settle');
    expect(await names()).not.toContain('gone');

    await give('erased', 'erased', 50);
    const spending = { account: customer('erased'), at: now };
    await inShop((scope) => hold(scope, { ...spending, source: { kind: 'hold', id: 'e', purpose: '' }, amount: 20 }));
    await inShop((scope) => spend(scope, { ...spending, source: { kind: 'spend', id: 'e', purpose: '' }, amount: 5 }));
    await lose('erased', 'now');
    expect(await names()).not.toContain('erased');
    expect((await inShop((scope) => checkLedger(scope, now))).differences).toEqual([]);
  });
});

describe('the jobs', () => {
  it('settle what is due in every shop', async () => {
    await give('due', 'due', 30, new Date(now.getTime() + day));
    await runJob('ledger.settle');
    expect(await available('due')).toBe(0);
    now = new Date(now.getTime() + 2 * day);
    await runJob('ledger.settle');
    expect(await available('due')).toBe(30);
  });

  it('keep the proof that all adds up, and fail where something does not', async () => {
    const other = await insertShop(made.database, { domain: 'broken.example.com' });
    const account = customer('someone');
    await made.services.db.inShop(other, (scope) =>
      earn(scope, { account, source: source('1'), at: now, amount: 10, vestAt: null, expiresAt: null }),
    );
    await give('proven', 'proven', 10);
    await runJob('ledger.check');
    expect(await inShop(readCheck)).toMatchObject({ checkedAt: now, differences: [] });
    await admin.query('ALTER TABLE ledger_account DISABLE TRIGGER USER');
    await admin.query(`UPDATE ledger_account SET available = 11 WHERE shop_id = $1 AND owner_kind = 'customer'`, [
      other,
    ]);
    await admin.query('ALTER TABLE ledger_account ENABLE TRIGGER USER');
    await expect(runJob('ledger.check')).rejects.toThrow(other);
    expect(await made.services.db.inShop(other, readCheck)).toMatchObject({
      differences: [
        { what: 'account', bucket: 'available', kept: 11, posted: 10 },
        { what: 'debt', kept: 11, posted: 10 },
      ],
    });
    expect(await inShop(readCheck)).toMatchObject({ differences: [] });
  });
});
