import { randomUUID } from 'node:crypto';
import { createSegment, fitScores, saveSegmentTag, segmentDraft } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type RouteCase, shopQuery } from './route-case.ts';

const definition = {
  kind: 'group',
  match: 'all',
  of: [{ kind: 'orders', values: { compare: 'at-least', count: 1, days: null } }],
};

/** Pages of segments. */
export const segmentCases: Readonly<Record<string, RouteCase>> = {
  'segments loader': { calls: (ids) => [{ path: `/segments?days=30&${shopQuery(ids)}`, sums: true }], own: 'shows' },
  'segments action': { calls: (ids) => [{ path: `/segments?${shopQuery(ids)}`, json: {} }], own: 'neither' },
  'segments_.csv loader': {
    calls: (ids) => [
      { path: `/segments/csv?group=lost&${shopQuery(ids)}` },
      { path: `/segments/csv?segment=${ids.segment}&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'segments_.own.count action': {
    calls: (ids) => [{ path: `/segments/own/count?${shopQuery(ids)}`, json: { definition, shopId: ids.shopId } }],
    own: 'neither',
  },
  'segments_.own.$id loader': {
    calls: (ids) => [
      { path: `/segments/own/${ids.segment}?${shopQuery(ids)}`, params: { id: ids.segment } },
      { path: `/segments/own/new?from=${ids.segment}&${shopQuery(ids)}`, params: { id: 'new' } },
    ],
    own: 'shows',
  },
  'segments_.own.$id action': {
    calls: (ids) => [
      {
        path: `/segments/own/${ids.segment}?${shopQuery(ids)}`,
        params: { id: ids.segment },
        json: { revision: 1, newId: ids.segment, draft: { name: 'Taken over', definition } },
      },
      {
        path: `/segments/own/${ids.segment}?${shopQuery(ids)}`,
        params: { id: ids.segment },
        json: { archived: true },
      },
    ],
    own: 'changes',
  },
  'segments_.people loader': {
    calls: (ids) => [{ path: `/segments/people?segment=${ids.segment}&${shopQuery(ids)}` }],
    own: 'shows',
  },
  'segments_.people action': {
    calls: (ids) => [
      { path: `/segments/people?segment=${ids.segment}&${shopQuery(ids)}`, json: { tag: 'Taken over' } },
      { path: `/segments/people?segment=${ids.segment}&${shopQuery(ids)}`, json: { tag: null } },
    ],
    own: 'changes',
  },
};

/** Groups, and a segment of the merchant with a customer in it; returns its id. */
export async function seedSegments(scope: ShopScope, word: string, now: Date): Promise<string> {
  const { shopId, tx } = scope;
  await fitScores(scope, 'EUR', now);
  const id = randomUUID();
  await createSegment(scope, id, segmentDraft.parse({ name: word, definition }), now);
  await saveSegmentTag(scope, id, word, now);
  await tx.customerTag.create({ data: { shopId, customerId: word, tag: word, state: 'placed' } });
  await tx.guestScore.create({
    data: {
      ...{ shopId, mailbox: word, orders: 1, spentMinor: 100n, firstOrderAt: now, lastOrderAt: now },
      ...{ recency: 1, frequency: 1, money: 1, sure: 1, group: 'lost', groupSince: now, scoredAt: now },
    },
  });
  await tx.segmentMember.create({ data: { shopId, segmentId: id, customerId: word, since: now } });
  return id;
}
