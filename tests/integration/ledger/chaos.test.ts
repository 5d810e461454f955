import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  capture,
  checkLedger,
  earn,
  hold,
  readBalances,
  release,
  reverse,
  settleDue,
  spend,
  spendIntoDebt,
} from '#app/domains/ledger/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { chaosSeed, seededRandom } from '#tests/factories/random.ts';
import { createTestDatabase, type TestDatabase } from '#tests/setup/database.ts';
import { insertShop } from '#tests/setup/services.ts';
import { createOracle, type Order } from './oracle.ts';

/** Deliveries in all, crashed and repeated ones included; `LEDGER_CHAOS=10000` for the long run. */
const deliveries = Number(process.env['LEDGER_CHAOS'] ?? 120);
const hour = 3_600_000;
const owners = ['a', 'b', 'c', 'd', 'e', 'f'];

let database: TestDatabase;
let shopId: ShopId;
beforeAll(async () => {
  database = await createTestDatabase();
  shopId = await insertShop(database);
});
afterAll(async () => database.drop());

const customer = (ownerId: string) => ({ ownerKind: 'customer', ownerId, unit: 'points' });
const source = (id: string) => ({ kind: 'chaos', id, purpose: '' });

function post(scope: ShopScope, order: Order, time: number) {
  const { amount } = order;
  const command = { account: customer(order.owner), source: source(order.id), at: new Date(time), amount };
  switch (order.kind) {
    case 'earn': {
      const expiresAt = order.expiresAt === Infinity ? null : new Date(order.expiresAt);
      return earn(scope, { ...command, vestAt: new Date(order.vestAt), expiresAt });
    }
    case 'spend':
      return spend(scope, command);
    case 'spend-into-debt':
      return spendIntoDebt(scope, command);
    case 'hold':
      return hold(scope, command);
    case 'capture':
      return capture(scope, { ...command, hold: source(order.of) });
    case 'release':
      return release(scope, { ...command, hold: source(order.of) });
    case 'reverse':
      return reverse(scope, { ...command, original: source(order.of) });
  }
}

type Fate = 'well' | 'rolled-back' | 'connection-lost' | 'answer-lost';

type Heard = Awaited<ReturnType<typeof post>>;

/** What its sender hears: an outcome, or nothing. */
async function deliver(order: Order, time: number, fate: Fate): Promise<Heard | null> {
  const answer = database.db.inShop(shopId, async (scope) => {
    const outcome = await post(scope, order, time);
    if (fate === 'rolled-back') throw new Error('crashed');
    if (fate === 'connection-lost') await scope.tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
    return outcome;
  });
  if (fate === 'well') return answer;
  await answer.catch(() => null);
  return null;
}

it(
  `agrees with the oracle after ${String(deliveries)} crashes, duplicates and races (CHAOS_SEED=${String(chaosSeed)})`,
  async () => {
    const random = seededRandom(chaosSeed);
    const below = (limit: number) => Math.floor(random() * limit);
    const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)];
    const oracle = createOracle();
    let time = Date.UTC(2026, 0, 1);
    let sent = 0;
    let made = 0;

    function makeOrder(owner: string): Order {
      made += 1;
      const [id, amount] = [String(made), 1 + below(12)];
      const past = [...oracle.done.values()].filter((order) => order.owner === owner);
      const held = pick(past.filter((order) => order.kind === 'hold'));
      const reversible = pick(past.filter(({ kind }) => kind !== 'hold' && kind !== 'release' && kind !== 'reverse'));
      const dice = random();
      if (dice < 0.3 || !reversible) {
        const vestAt = time + (below(4) - 1) * 12 * hour;
        const expiresAt = random() < 0.3 ? Infinity : Math.max(vestAt, time) + (1 + below(6)) * 12 * hour;
        return { kind: 'earn', owner, id, amount: amount * 2, vestAt, expiresAt };
      }
      if (dice < 0.45) return { kind: 'spend', owner, id, amount };
      if (dice < 0.5) return { kind: 'spend-into-debt', owner, id, amount };
      if (dice < 0.6) return { kind: 'hold', owner, id, amount };
      if (dice < 0.75 && held)
        return { kind: random() < 0.5 ? 'capture' : 'release', owner, id, amount: 1 + below(6), of: held.id };
      if (dice < 0.97) return { kind: 'reverse', owner, id, amount, of: reversible.id };
      return { kind: 'reverse', owner, id, amount, of: 'never' };
    }

    /** The same order several times at once: one does it, the others find it done, and some never hear. */
    async function send(order: Order): Promise<void> {
      const fates: Fate[] = Array.from({ length: 1 + below(3) }, () => {
        const dice = random();
        return dice < 0.7 ? 'well' : dice < 0.82 ? 'rolled-back' : dice < 0.9 ? 'connection-lost' : 'answer-lost';
      });
      // A sender who never hears sends again.
      if (!fates.includes('well')) fates.push('well');
      sent += fates.length;
      const heard = await Promise.all(fates.map((fate) => deliver(order, time, fate)));
      const lost = fates.includes('answer-lost');
      const expected = oracle.tell(order, time);
      const codes = heard.flatMap((outcome) => outcome?.code ?? []);
      if (expected !== 'posted') expect({ order, codes }).toEqual({ order, codes: codes.map(() => expected) });
      else {
        // Nobody hears `posted` where the one who did it never heard.
        const posted = codes.filter((code) => code === 'posted').length;
        expect(posted).toBeLessThanOrEqual(1);
        if (!lost) expect({ order, posted }).toEqual({ order, posted: 1 });
        expect(codes.every((code) => code === 'posted' || code === 'already')).toBe(true);
      }
    }

    /** Many spend at once what does not suffice for all. */
    async function race(owner: string): Promise<void> {
      const amount = 1 + below(4);
      const orders = Array.from({ length: 4 }, () => {
        made += 1;
        return { kind: 'spend', owner, id: String(made), amount } as const;
      });
      sent += orders.length;
      const heard = await Promise.all(orders.map((order) => deliver(order, time, 'well')));
      const answers = orders.map((order, index) => ({ order, heard: heard[index] ?? null }));
      const lost = answers.flatMap((one) => (one.heard?.code === 'insufficient' ? one.order : []));
      // Who came first took the points that expire first, which only the ledger can tell.
      const won = answers
        .flatMap((one) => (one.heard?.code === 'posted' ? { order: one.order, at: one.heard.transactionId } : []))
        .sort((a, b) => a.at - b.at)
        .map((one) => one.order);
      expect([
        ...won.map((order) => oracle.tell(order, time)),
        ...lost.map((order) => oracle.tell(order, time)),
      ]).toEqual([...won.map(() => 'posted'), ...lost.map(() => 'insufficient')]);
      expect(won.length + lost.length).toBe(orders.length);
    }

    while (sent < deliveries) {
      time += below(10) * hour;
      await Promise.all(owners.map((owner) => (random() < 0.1 ? race(owner) : send(makeOrder(owner)))));
      if (random() < 0.2) {
        const at = new Date(time);
        await Promise.all([1, 2].map(() => database.db.inShop(shopId, (scope) => settleDue(scope, at, 100))));
        oracle.settle(time);
      }
      for (const owner of owners) {
        const kept = await database.db.inShop(shopId, (scope) => readBalances(scope, customer(owner)));
        expect({ owner, ...kept }).toEqual({ owner, ...oracle.balances(owner) });
      }
    }
    const check = await database.db.inShop(shopId, (scope) => checkLedger(scope, new Date(time)));
    expect(check.differences).toEqual([]);
  },
  Math.max(60_000, deliveries * 200),
);
