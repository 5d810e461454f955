import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertOffer, type OfferTerms, offerTerms } from '#app/domains/personal-offers/index.ts';
import { createSegment, findOwnSegment, readOwnSegments, type RuleGroup } from '#app/domains/segments/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import { countSegment } from '#app/flows/segments/count-segment.ts';
import { fillWithin } from '#app/flows/segments/fill-segments.ts';
import { putAway, saveSegment } from '#app/flows/segments/save-segment.ts';
import { readSegmentUses } from '#app/flows/segments/segment-uses.ts';
import { tagSegment } from '#app/flows/segments/tag-segment.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';

const now = new Date('2026-03-02T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const everybody: RuleGroup = {
  kind: 'group',
  match: 'all',
  of: [{ kind: 'orders', values: { compare: 'at-least', count: 0, days: null } }],
};
let made: TestServices;
let shopId: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => now } });
});
afterAll(() => made.dispose());
beforeEach(async () => {
  shopId = await insertShop(made.database);
});

const inShop = <T>(work: (scope: ShopScope) => Promise<T>): Promise<T> => made.services.db.inShop(shopId, work);

async function segmentNamed(name: string): Promise<string> {
  const id = randomUUID();
  await inShop((scope) => createSegment(scope, id, { name, definition: everybody }, now));
  return id;
}

/** While `work` runs nobody can read what every comparison reads, so that one takes as long as one lets it. */
async function whileLocked(table: 'customer' | 'customer_score', work: () => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: made.database.adminUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    await work();
  } finally {
    await client.end();
  }
}

describe('a comparison that takes too long', () => {
  it('is given up while the merchant types, and said', async () => {
    const shop = await inShop(readShop);
    await whileLocked('customer_score', async () => {
      expect(await countSegment(made.services, shop, everybody, 150)).toEqual({ code: 'too-heavy' });
    });
    expect(await countSegment(made.services, shop, everybody, 4_000)).toMatchObject({ code: 'counted', customers: 0 });
  });

  it('is given up in the background, the others are filled, and the next one that succeeds takes the word back', async () => {
    const id = await segmentNamed('Everybody');
    const { signal } = new AbortController();
    const fill = () => fillWithin(made.services, { shopId, all: false }, signal, 150);
    await whileLocked('customer', fill);
    expect(await inShop((scope) => findOwnSegment(scope, id))).toMatchObject({ problem: 'too-heavy', filled: false });
    await fillWithin(made.services, { shopId, all: false }, signal, 10_000);
    expect(await inShop((scope) => findOwnSegment(scope, id))).toMatchObject({ problem: null, filled: true });
  });
});

it('the night forgets who came and left more than a year ago, and nothing younger', async () => {
  await inShop(({ tx }) =>
    tx.segmentChange.createMany({
      data: [399, 401, 800].map((days) => ({
        ...{ shopId, customerId: String(days), toGroup: 'new', changedAt: daysAgo(days) },
      })),
    }),
  );
  const kept = async () => (await inShop(({ tx }) => tx.segmentChange.findMany())).map((row) => row.customerId);
  const { signal } = new AbortController();
  await fillWithin(made.services, { shopId, all: false }, signal, 1_000);
  expect(await kept()).toHaveLength(3);
  await fillWithin(made.services, { shopId, all: true }, signal, 1_000);
  expect(await kept()).toEqual(['399']);
});

describe('a segment that something stands on', () => {
  const terms = (trigger: OfferTerms['trigger'], among: string[] = []) =>
    offerTerms.parse({
      trigger,
      among,
      gift: { type: 'free-shipping', costMinor: 500 },
      minSubtotalMinor: null,
      validDays: 14,
      budget: { minor: null, count: null },
      cap: { times: 1, days: 90 },
      channels: { mail: true, store: true },
      note: '',
      holdoutBps: 1000,
      until: null,
    });

  it.each([
    ['goes to it', (id: string) => terms({ type: 'segment', segments: [id, 'lost'], present: true })],
    ['is only for who is in it', (id: string) => terms({ type: 'birthday' }, ['lost', id])],
    ['does both', (id: string) => terms({ type: 'segment', segments: [id], present: false }, [id])],
  ])('is not archived, and the offer that %s is named', async (_, termsOf) => {
    const id = await segmentNamed('Everybody');
    const offer = { id: randomUUID(), title: 'Free delivery', terms: termsOf(id), salt: 's' };
    await inShop((scope) => insertOffer(scope, offer, now));
    const uses = await inShop(readSegmentUses);
    expect(uses.get(id)?.offers).toMatchObject([{ id: offer.id, title: 'Free delivery' }]);
    const refusal = await putAway(made.services, shopId, id, true);
    expect(refusal).toMatchObject({ code: 'used', message: expect.stringContaining('“Free delivery”') as string });
    expect(await inShop(readOwnSegments)).toHaveLength(1);
    await inShop(({ tx }) => tx.personalOffer.updateMany({ where: { shopId }, data: { status: 'ended' } }));
    expect(await putAway(made.services, shopId, id, true)).toEqual({ code: 'saved', id });
    expect(await inShop(readOwnSegments)).toEqual([]);
  });

  it('is not archived while its customers carry a tag', async () => {
    const id = await segmentNamed('Everybody');
    expect(await tagSegment(made.services, shopId, id, ' All of them ')).toEqual({ code: 'saved' });
    expect(await putAway(made.services, shopId, id, true)).toMatchObject({
      ...{ code: 'used', message: expect.stringContaining('“All of them”') as string },
    });
    await tagSegment(made.services, shopId, id, null);
    expect(await putAway(made.services, shopId, id, true)).toMatchObject({ code: 'saved' });
    expect(await tagSegment(made.services, shopId, id, 'All of them')).toMatchObject({ code: 'not-found' });
  });
});

it('a segment never gives the tag that it asks for', async () => {
  const tagged: RuleGroup = {
    kind: 'group',
    match: 'all',
    of: [{ kind: 'customer-tag', values: { has: 'yes', tags: ['VIP'] } }],
  };
  const id = await segmentNamed('Everybody');
  const save = (definition: RuleGroup, revision: number) =>
    saveSegment(made.services, shopId, { id, newId: id, revision, draft: { name: 'Everybody', definition } });
  expect(await tagSegment(made.services, shopId, id, 'vip')).toEqual({ code: 'saved' });
  expect(await save(tagged, 1)).toMatchObject({ code: 'used' });
  await tagSegment(made.services, shopId, id, null);
  expect(await save(tagged, 1)).toMatchObject({ code: 'saved' });
  expect(await tagSegment(made.services, shopId, id, 'vip')).toMatchObject({ code: 'invalid' });
  expect(await tagSegment(made.services, shopId, id, 'vips')).toEqual({ code: 'saved' });
});

it.each([
  ['', 'invalid'],
  ['a, b', 'invalid'],
  ['x'.repeat(41), 'invalid'],
  ['a\0b', 'invalid'],
  ['champions', 'taken'],
  ['Others', 'saved'],
])('the tag %j is %s', async (tag, code) => {
  await tagSegment(made.services, shopId, 'champions', 'Champions');
  expect(await tagSegment(made.services, shopId, 'lost', tag)).toMatchObject({ code });
  expect(await tagSegment(made.services, shopId, randomUUID(), 'Another')).toMatchObject({ code: 'not-found' });
});
