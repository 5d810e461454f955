import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { upsertCustomers } from '#app/domains/customers/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import {
  ensureAdvocate,
  readHoldout,
  saveHoldoutBps,
  saveProgramme,
  type State,
  usualTerms,
} from '#app/domains/referrals/index.ts';
import { referralProfit } from '#app/flows/referrals/profit.ts';
import { noteShare, readMyReferrals } from '#app/flows/referrals/shopper.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { isHeldOut } from '#app/shared/assignment.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { orderOf } from '../loyalty/loyal-shop.ts';

const start = new Date('2026-03-01T12:00:00Z');
const on = (days: number) => new Date(start.getTime() + days * 86_400_000);
const bps = 2_000;
let made: TestServices;
let shopId: ShopId;
let now = start;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  now = start;
  shopId = await insertShop(made.database, { currency: 'EUR' });
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>) => made.services.db.inShop(shopId, work);
const begin = (share = bps) =>
  inShop(async (scope) => {
    await saveProgramme(scope, { active: true, terms: usualTerms }, now);
    await saveHoldoutBps(scope, share, { freshSalt: 'salt', now });
  });
const customers = (ids: readonly string[], createdAt = on(-30)) =>
  inShop((scope) =>
    upsertCustomers(
      scope,
      made.services.secrets,
      ids.map((id) => ({ id, email: null, locale: null, tags: [], createdAt, updatedAt: createdAt })),
    ),
  );
const held = (id: string, share = bps) => isHeldOut(id, 'salt', share);
const mine = (id: string) => readMyReferrals(made.services, shopId, id);
const oneOf = (wanted: boolean, share = bps) => {
  const id = Array.from({ length: 1_000 }, (_, at) => `x${String(at)}`).find((one) => held(one, share) === wanted);
  if (id === undefined) throw new Error('no such customer');
  return id;
};

/** An order that this advocate brought, as it was settled. */
async function brought(
  scope: ShopScope,
  orderId: string,
  advocate: string,
  state: State = 'pending',
  posted: object | null = null,
) {
  const { id } = await ensureAdvocate(scope, advocate, { now, random: randomBytes });
  const row = { shopId, orderId, advocateId: id, how: 'link', placedAt: on(6), dueAt: on(20), updatedAt: on(6) };
  await scope.tx.referral.create({
    data: { ...row, terms: usualTerms, state, ...(posted === null ? {} : { posted }) },
  });
}

it('who is held out gets no link and no code, whatever they ask for; everybody else does', async () => {
  await begin();
  const [without, asked] = [oneOf(true), oneOf(false)];
  expect(await mine(without)).toBeNull();
  await noteShare(made.services, shopId, without);
  expect((await mine(asked))?.code).toMatch(/\w/);
  const rows = await inShop(({ tx }) => tx.referralAdvocate.findMany({ where: { shopId } }));
  expect(rows.map(({ customerId }) => customerId)).toEqual([asked]);
});

it('who has a link from before keeps it, and is in neither group', async () => {
  const before = oneOf(true);
  await inShop((scope) => saveProgramme(scope, { active: true, terms: usualTerms }, now));
  const code = (await mine(before))?.code;
  now = on(1);
  await begin();
  expect((await mine(before))?.code).toBe(code);
  await customers([before, 'other']);
  const result = await referralProfit(made.services, shopId);
  if (result.status === 'off') throw new Error('it is measured');
  expect(result.treatment.visitors + result.holdout.visitors).toBe(1);
  expect(result.since).toEqual(on(1));
});

it('counts from the share on, and nothing where nobody is held out', async () => {
  expect(await referralProfit(made.services, shopId)).toEqual({ status: 'off' });
  await begin(0);
  expect(await referralProfit(made.services, shopId)).toEqual({ status: 'off' });
  now = on(2);
  await begin();
  now = on(4);
  await begin();
  expect(await inShop(readHoldout)).toEqual({ salt: 'salt', holdoutBps: bps, since: on(2), begun: start });
  now = on(5);
  await begin(500);
  expect(await inShop(readHoldout)).toMatchObject({ holdoutBps: 500, since: on(5) });
});

it('a share that was chosen while the programme was off counts from when it is on', async () => {
  await inShop(async (scope) => {
    await saveProgramme(scope, { active: false, terms: usualTerms }, now);
    await saveHoldoutBps(scope, bps, { freshSalt: 'salt', now });
  });
  expect(await inShop(readHoldout)).toBeNull();
  now = on(3);
  await inShop((scope) => saveProgramme(scope, { active: true, terms: usualTerms }, now));
  expect(await inShop(readHoldout)).toMatchObject({ since: on(3), begun: on(3) });
});

const ids = Array.from({ length: 1_500 }, (_, at) => `c${String(at)}`);
const buyers = ids.filter((_, at) => at % 3 === 0);

/** Of stores that keep accounts of their customers. */
const creditPlatforms = {
  shopify: { capabilitiesOf: () => ({ storeCredit: true }) },
} as unknown as Services['platforms'];

/** Every third buys once; every fifth of those who are asked brings a friend. */
async function friendsCome(state: State, change: Parameters<typeof orderOf>[2] = {}, posted: object | null = null) {
  await begin();
  await customers(ids);
  const advocates = buyers.filter((id, at) => !held(id) && at % 5 === 0);
  // Half of the friends have an account, and half of those order again.
  const accounts = advocates.filter((_, at) => at % 2 === 0).map((id) => `f-${id}`);
  await customers(accounts, on(6));
  await inShop(async (scope) => {
    await upsertOrders(scope, [
      ...buyers.map((id) => orderOf(`own-${id}`, 3_000 + Number(id.slice(1)), { customerId: id, placedAt: on(5) })),
      ...advocates.map((id, at) =>
        orderOf(`friend-${id}`, 40_000, { customerId: at % 2 === 0 ? `f-${id}` : null, placedAt: on(6), ...change }),
      ),
      ...accounts.map((id) => orderOf(`again-${id}`, 1_000, { customerId: id, placedAt: on(8) })),
    ]);
    for (const id of advocates) await brought(scope, `friend-${id}`, id, state, posted);
  });
  now = on(60);
  const result = await referralProfit({ ...made.services, platforms: creditPlatforms }, shopId);
  if (!('difference' in result)) throw new Error(result.status);
  return { result, advocates, accounts };
}
/** The same for customers who are asked, counted by hand: half of what was sold is profit. */
const byHand = (friends: number, again: number) => {
  const group = (without: boolean) => ids.filter((id) => held(id) === without);
  const own = (group_: string[]) =>
    group_.filter((id) => buyers.includes(id)).reduce((sum, id) => sum + 3_000 + Number(id.slice(1)), 0) / 2;
  const [asked, notAsked] = [group(false), group(true)];
  return (own(asked) + friends * 20_000 + again * 500) / asked.length - own(notAsked) / notAsked.length;
};

it('what friends bring counts for who brought them, the friends themselves in neither group', async () => {
  const { result, advocates, accounts } = await friendsCome('pending');
  const without = ids.filter((id) => held(id)).length;
  expect(result).toMatchObject({
    status: 'gain',
    treatment: { visitors: ids.length - without },
    holdout: { visitors: without },
  });
  // What one customer counts is capped at ten times the usual, and nothing was bought before.
  const expected = byHand(advocates.length, accounts.length);
  expect(result.difference).toBeGreaterThan(expected * 0.5);
  expect(result.difference).toBeLessThanOrEqual(expected * 1.05);
});

it('friends whose orders came back bring nothing', async () => {
  const lines = orderOf('any', 40_000).lines.map((line) => ({ ...line, refundedQuantity: 1 }));
  const { result } = await friendsCome('pending', { refundedMinor: 40_000, lines });
  expect(Math.abs(result.difference)).toBeLessThan(Math.abs(byHand(0, 0)) + 30);
  expect(result.status).toBe('no-difference-seen');
});

it('friends who do not count are customers like all others', async () => {
  const { result, accounts } = await friendsCome('denied');
  expect(result.treatment.visitors + result.holdout.visitors).toBe(ids.length + accounts.length);
});

it('credit that the store keeps is a cost of who was given it', async () => {
  const plain = await friendsCome('rewarded');
  shopId = await insertShop(made.database, { currency: 'EUR' });
  now = start;
  const reward = { type: 'store-credit', minor: 5_000 };
  const paid = await friendsCome('rewarded', {}, { reward, round: 1, handedOut: true });
  shopId = await insertShop(made.database, { currency: 'EUR' });
  now = start;
  // Not handed out yet, it may never be.
  const waits = await friendsCome('rewarded', {}, { reward, round: 1, handedOut: false });
  expect(waits.result.difference).toBeCloseTo(plain.result.difference, 6);
  expect(paid.result.difference).toBeLessThan(plain.result.difference);
  expect(paid.result.treatment.buyers).toBe(plain.result.treatment.buyers);
});
