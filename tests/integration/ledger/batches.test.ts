import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkLedger,
  earn,
  earnAll,
  joinAccounts,
  readBalances,
  readLots,
  reverse,
  reverseAll,
  spend,
} from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';

let database: TestDatabase;
let shopId: ShopId;
let twinId: ShopId;
beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
  twinId = await insertShop(database, { domain: 'twin.example.com' });
});
afterAll(async () => database.drop());

const day = 24 * 3_600_000;
const start = new Date('2026-01-31T12:00:00Z');
const after = (days: number) => new Date(start.getTime() + days * day);
const customer = (ownerId: string, unit = 'points') => ({ ownerKind: 'customer', ownerId, unit });
const source = (kind: string, id: string) => ({ kind, id, purpose: '' });
const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => database.db.inShop(shopId, work);
const earning = (ownerId: string, id: string, amount: number, more: { vestAt?: Date; unit?: string } = {}) => ({
  account: customer(ownerId, more.unit),
  source: source('order', id),
  at: start,
  amount,
  vestAt: more.vestAt ?? null,
  expiresAt: null,
});
const reversal = (id: string, by: string, amount: number | null) => ({
  original: source('order', id),
  source: source('refund', by),
  at: start,
  amount,
});

/** A scope that counts what it asks the database. */
function counting(scope: ShopScope): { readonly scope: ShopScope; count(): number } {
  let asked = 0;
  const tx = new Proxy(scope.tx, {
    get(target, name, receiver) {
      if (name === '$queryRaw' || name === '$executeRaw') asked += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  return { scope: { ...scope, tx }, count: () => asked };
}

describe('many commands at once', () => {
  it('tells of each what it would tell alone, several times one source and one owner included', async () => {
    const first = await inShop((scope) =>
      earnAll(scope, [
        earning('a', 'a1', 100),
        earning('b', 'b1', 50),
        earning('a', 'a1', 100),
        earning('a', 'a1', 99),
        earning('a', 'a2', 30, { vestAt: after(3) }),
        earning('b', 'eur', 500, { unit: 'EUR' }),
      ]),
    );
    expect(first.map(({ code }) => code)).toEqual(['posted', 'posted', 'already', 'conflict', 'posted', 'posted']);
    expect(first[2]?.transactionId).toBe(first[0]?.transactionId);
    const again = await inShop((scope) => earnAll(scope, [earning('b', 'b1', 50), earning('b', 'b2', 1)]));
    expect(again).toEqual([
      { code: 'already', transactionId: first[1]?.transactionId },
      { code: 'posted', transactionId: expect.any(Number) as number },
    ]);
    expect(await inShop((scope) => readBalances(scope, customer('a')))).toEqual({
      available: 100,
      pending: 30,
      held: 0,
    });
    expect(await inShop((scope) => readBalances(scope, customer('b')))).toEqual({ available: 51, pending: 0, held: 0 });
    expect(await inShop((scope) => readBalances(scope, customer('b', 'EUR')))).toMatchObject({ available: 500 });
    expect(await inShop((scope) => earnAll(scope, []))).toEqual([]);
  });

  it('reverses parts of one earning that never add up to more than it', async () => {
    await inShop((scope) => earn(scope, earning('c', 'c1', 100)));
    const outcomes = await inShop((scope) =>
      reverseAll(scope, [
        reversal('c1', 'c1a', 60),
        reversal('never', 'c1b', 1),
        reversal('c1', 'c1c', 50),
        reversal('c1', 'c1a', 60),
        reversal('c1', 'c1d', null),
        reversal('c1', 'c1e', null),
      ]),
    );
    expect(outcomes).toMatchObject([
      { code: 'posted' },
      { code: 'not-found' },
      { code: 'exceeds', left: 40 },
      { code: 'already' },
      { code: 'posted' },
      { code: 'exceeds', left: 0 },
    ]);
    expect(await inShop((scope) => readBalances(scope, customer('c')))).toEqual({ available: 0, pending: 0, held: 0 });
  });

  it('gives back to a customer who was merged, twice at once, and takes some of that back in the same breath', async () => {
    await inShop((scope) => earn(scope, earning('d', 'd1', 100)));
    await inShop((scope) => earn(scope, earning('d', 'd2', 10)));
    await inShop((scope) =>
      spend(scope, { account: customer('d'), source: source('redemption', 'd'), at: start, amount: 110 }),
    );
    await inShop((scope) =>
      joinAccounts(scope, { from: customer('d'), into: customer('e'), source: source('merge', 'd'), at: start }),
    );
    const giveBack = (by: string, amount: number) => ({
      ...reversal('', by, amount),
      original: source('redemption', 'd'),
    });
    const outcomes = await inShop((scope) =>
      reverseAll(scope, [
        giveBack('d-1', 40),
        giveBack('d-2', 20),
        reversal('d1', 'd-3', 45),
        reversal('d2', 'd-4', 10),
      ]),
    );
    expect(outcomes.map(({ code }) => code)).toEqual(['posted', 'posted', 'posted', 'posted']);
    expect(await inShop((scope) => readBalances(scope, customer('e')))).toEqual({ available: 5, pending: 0, held: 0 });
    const lots = await inShop((scope) => readLots(scope, customer('e')));
    expect(lots.reduce((total, lot) => total + lot.available, 0)).toBe(5);
  });

  it('asks the database as often for a hundred as for one', async () => {
    const count = (work: (scope: ShopScope) => Promise<unknown>) =>
      inShop(async (scope) => {
        const counted = counting(scope);
        await work(counted.scope);
        return counted.count();
      });
    const ids = Array.from({ length: 100 }, (_, index) => `n${String(index)}`);
    const one = await count((scope) => earnAll(scope, [earning('n', 'n', 10)]));
    expect(
      await count((scope) =>
        earnAll(
          scope,
          ids.map((id) => earning(id, id, 10)),
        ),
      ),
    ).toBe(one);
    const back = await count((scope) => reverseAll(scope, [reversal('n', 'n', 4)]));
    expect(
      await count((scope) =>
        reverseAll(
          scope,
          ids.map((id) => reversal(id, id, 4)),
        ),
      ),
    ).toBe(back);
  });

  it(`comes to the same as one after the other (CHAOS_SEED=${String(chaosSeed)})`, async () => {
    const random = seededRandom(chaosSeed);
    const below = (limit: number) => Math.floor(random() * limit);
    const owner = () => customer(`twin-${String(below(3))}`);
    const twin = <T>(work: (scope: ShopScope) => Promise<T>) => database.db.inShop(twinId, work);
    for (let round = 0; round < 6; round += 1) {
      const at = after(round);
      const earnings = Array.from({ length: 8 }, () => ({
        account: owner(),
        source: source('order', String(below(60))),
        at,
        amount: 1 + below(40),
        vestAt: random() < 0.5 ? null : after(round + below(3)),
        expiresAt: random() < 0.5 ? null : after(round + 1 + below(4)),
      }));
      const reversals = Array.from({ length: 8 }, (_, index) => ({
        original: source(random() < 0.7 ? 'order' : 'redemption', String(below(60))),
        source: source('refund', `${String(round)}-${String(index)}`),
        at,
        amount: random() < 0.2 ? null : 1 + below(25),
      }));
      const taken = { account: owner(), source: source('redemption', String(round)), at, amount: 1 + below(30) };
      const together = await inShop(async (scope) => [
        ...(await earnAll(scope, earnings)),
        await spend(scope, taken),
        ...(await reverseAll(scope, reversals)),
      ]);
      const single = [];
      for (const one of earnings) single.push(await twin((scope) => earn(scope, one)));
      single.push(await twin((scope) => spend(scope, taken)));
      for (const one of reversals) single.push(await twin((scope) => reverse(scope, one)));
      expect(together.map(({ code }) => code)).toEqual(single.map(({ code }) => code));
    }
    for (const one of [0, 1, 2]) {
      const ref = customer(`twin-${String(one)}`);
      expect(await inShop((scope) => readBalances(scope, ref))).toEqual(
        await twin((scope) => readBalances(scope, ref)),
      );
      expect(await inShop((scope) => readLots(scope, ref))).toEqual(await twin((scope) => readLots(scope, ref)));
    }
    expect((await inShop((scope) => checkLedger(scope, start))).differences).toEqual([]);
  });
});
