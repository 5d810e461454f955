import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFinishedSteps, runSteps, type Step, type StepEvent } from '#app/domains/inbox/index.ts';
import { mergeIdentity } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

// Many events are applied in one transaction. Whatever goes wrong with one of them, the others are applied once.

let services: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  services = await createTestServices();
  shopId = await insertShop(services.database);
});
afterAll(() => services.dispose());

let series = 0;
const events = (count: number): StepEvent<string>[] => {
  series += 1;
  return Array.from({ length: count }, (_, at) => {
    const event = `e${String(series)}-${String(at)}`;
    return { key: `key ${event}`, event, finished: new Set() };
  });
};

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => services.services.db.inShop(shopId, work);
/** Writes something that grows with each time that it is done. */
const counting: Step<string> = {
  name: 'count',
  async write(scope, told) {
    for (const customerId of told)
      await mergeIdentity(scope, { visitorId: 'v', customerId, by: 'login', at: new Date(0) });
  },
};
const timesCounted = async (told: readonly StepEvent<string>[]) => {
  const rows = await inShop(({ tx }) =>
    tx.visitorIdentity.findMany({ where: { shopId, customerId: { in: told.map(({ event }) => event) } } }),
  );
  return told.map(({ event }) => rows.find((row) => row.customerId === event)?.logins ?? 0);
};

/** Runs the steps as the inbox does, with what earlier tries have finished; returns the failures and what was closed. */
async function run(steps: readonly Step<string>[], told: readonly StepEvent<string>[]) {
  const finished = await inShop((scope) =>
    readFinishedSteps(
      scope,
      told.map(({ key }) => key),
    ),
  );
  const closed: string[] = [];
  const failures = await runSteps(
    services.services,
    shopId,
    steps,
    told.map((one) => ({ ...one, finished: finished.get(one.key) ?? new Set() })),
    async (_scope, keys) => void closed.push(...keys),
  );
  return { failures, closed };
}

test('an event that one step cannot write holds up no other and no other step, and is tried with that step alone', async () => {
  const told = events(40);
  const poisoned = told[17];
  let broken = true;
  let calls = 0;
  const strict: Step<string> = {
    name: 'strict',
    async write(_scope, some) {
      calls += 1;
      if (broken && some.includes(poisoned?.event ?? '')) throw new Error('cannot be written');
    },
  };
  const first = await run([counting, strict], told);
  expect([...first.failures].map(([key, error]) => [key, error.message])).toEqual([
    [poisoned?.key, 'Error: cannot be written'],
  ]);
  expect(new Set(first.closed).size).toBe(39);
  expect(await timesCounted(told)).toEqual(told.map(() => 1));
  // By halves, not one by one.
  expect(calls).toBeLessThan(20);

  broken = false;
  const again = await run([counting, strict], told.slice(17, 18));
  expect([again.failures.size, again.closed]).toEqual([0, [poisoned?.key]]);
  expect(await timesCounted(told)).toEqual(told.map(() => 1));
});

test('a connection that dies between what is written and the memory of it repeats nothing', async () => {
  const told = events(20);
  let deaths = 0;
  const dying: Step<string> = {
    name: 'dying',
    async write(scope) {
      deaths += 1;
      if (deaths === 1) await scope.tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text`;
    },
  };
  const { failures, closed } = await run([counting, dying], told);
  expect([failures.size, new Set(closed).size]).toEqual([0, told.length]);
  expect(await timesCounted(told)).toEqual(told.map(() => 1));
});

test('a crash between the work of a step and its mark repeats that step alone', async () => {
  const told = events(3);
  const asked: string[] = [];
  const asking: Step<string> = {
    name: 'ask',
    subject: (event) => event,
    async run(subject) {
      asked.push(subject);
    },
  };
  const { db, clock } = services.services;
  let transactions = 0;
  const ending: typeof db = {
    ...db,
    // The step that writes commits, and so do its reads; then the process is gone.
    async inShop(shop, work, options) {
      transactions += 1;
      if (transactions > 1) throw new Error('gone');
      return db.inShop(shop, work, options);
    },
  };
  await expect(runSteps({ db: ending, clock }, shopId, [counting, asking], told, async () => {})).rejects.toThrow(
    'gone',
  );
  const { closed } = await run([counting, asking], told);
  expect(closed).toEqual(told.map(({ key }) => key));
  expect(asked).toEqual([...told, ...told].map(({ event }) => event));
  expect(await timesCounted(told)).toEqual(told.map(() => 1));
});

test('what asks others asks once for all events about a subject, and fails for that subject alone', async () => {
  const told = events(7);
  const subjects = ['a', 'b', 'a', null, 'b', 'a', 'c'];
  const asked: [string, number][] = [];
  const asking: Step<string> = {
    name: 'ask',
    subject: async (event) => subjects[told.findIndex((one) => one.event === event)] ?? null,
    async run(subject, about) {
      asked.push([subject, about.length]);
      if (subject === 'b') throw new Error('nobody answers');
    },
  };
  const { failures, closed } = await run([asking, counting], told);
  expect(asked).toEqual([
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ]);
  expect([...failures.keys()]).toEqual([told[1]?.key, told[4]?.key]);
  expect(closed).toHaveLength(5);
  expect(await timesCounted(told)).toEqual(told.map(() => 1));
});

test('what only writes does not wait for what asks, and a step is spared what it has nothing to do with', async () => {
  const told = events(4);
  const order: string[] = [];
  const asking: Step<string> = {
    name: 'ask',
    when: (event) => event.endsWith('-0'),
    subject: (event) => event,
    run: async (subject) => void order.push(subject),
  };
  const noting: Step<string> = { name: 'note', write: async (_scope, some) => void order.push(...some) };
  const { closed } = await run([asking, noting], told);
  const [first, ...others] = told.map(({ event }) => event);
  expect(order).toEqual([...others, first, first]);
  expect(closed).toHaveLength(4);
});

test('a database that does not answer is no event’s fault', async () => {
  const { db, clock } = services.services;
  const away: typeof db = { ...db, inShop: () => Promise.reject(new Error('the database is away')) };
  await expect(runSteps({ db: away, clock }, shopId, [counting], events(50), () => Promise.resolve())).rejects.toThrow(
    'the database is away',
  );
});

test('what builds on a step waits for it: with its failure it is neither done nor remembered, and the next try does both', async () => {
  const told = events(6);
  const [bad, other] = [told[2]?.event ?? '', told[4]?.event ?? ''];
  let broken = true;
  const leading: Step<string> = {
    name: 'lead',
    leads: true,
    subject: (event) => event,
    run: (subject) => (broken && subject === bad ? Promise.reject(new Error('no answer')) : Promise.resolve()),
  };
  // Of those that follow one that fails holds up none.
  const strict: Step<string> = {
    name: 'strict',
    async write(_scope, some) {
      if (broken && some.includes(other)) throw new Error('cannot be written');
    },
  };
  const first = await run([leading, strict, counting], told);
  expect([...first.failures.keys()]).toEqual([told[2]?.key, told[4]?.key]);
  expect(first.closed).toHaveLength(4);
  expect(await timesCounted(told)).toEqual([1, 1, 0, 1, 1, 1]);
  const finished = await inShop((scope) => readFinishedSteps(scope, [told[2]?.key ?? '', told[4]?.key ?? '']));
  expect(finished.get(told[2]?.key ?? '')).toBeUndefined();
  expect(finished.get(told[4]?.key ?? '')).toEqual(new Set(['lead', 'count']));

  broken = false;
  const again = await run(
    [leading, strict, counting],
    [told[2], told[4]].flatMap((one) => one ?? []),
  );
  expect([again.failures.size, new Set(again.closed)]).toEqual([0, new Set([told[2]?.key, told[4]?.key])]);
  expect(await timesCounted(told)).toEqual(told.map(() => 1));
});

test('a leading step that only writes holds back what follows it in the same way', async () => {
  const told = events(3);
  let broken = true;
  const leading: Step<string> = {
    name: 'lead',
    leads: true,
    async write(_scope, some) {
      if (broken && some.includes(told[1]?.event ?? '')) throw new Error('cannot be written');
    },
  };
  expect((await run([leading, counting], told)).closed).toHaveLength(2);
  expect(await timesCounted(told)).toEqual([1, 0, 1]);
  broken = false;
  expect((await run([leading, counting], told.slice(1, 2))).closed).toEqual([told[1]?.key]);
  expect(await timesCounted(told)).toEqual([1, 1, 1]);
});
