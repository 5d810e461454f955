import { randomUUID } from 'node:crypto';
import { adjustPoints, beginProgramme, redeem, switchProgramme } from '#app/domains/loyalty/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { type RouteCase, shopQuery } from './route-case.ts';
import type { Ids } from './ids.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

/** A live programme in which the customer has points and a reward. Returns the reward's id. */
export async function seedLoyalty(scope: ShopScope, customerId: string, word: string, now: Date): Promise<string> {
  const settings = usualProgramme('USD', (minor) => `${String(minor)} ${word}`);
  await beginProgramme(scope, { ...settings, holdoutBps: 0 }, 'salt', now);
  await switchProgramme(scope, true, now);
  await adjustPoints(scope, { id: randomUUID(), customerId, points: 500, reason: word }, now);
  const requestId = randomUUID();
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
  const made = await redeem(scope, { customerId, rewardId: 'amount-1', requestId }, { now, random });
  if (!made.ok) throw new Error(made.message);
  return requestId;
}

const member = (ids: Ids) => ({
  path: `/loyalty/members/${ids.customer}?${shopQuery(ids)}`,
  params: { id: ids.customer },
});

/** The pages of the loyalty programme. */
export const loyaltyCases: Readonly<Record<string, RouteCase>> = {
  'loyalty loader': { calls: (ids) => [{ path: `/loyalty?${shopQuery(ids)}` }], own: 'shows' },
  'loyalty action': {
    calls: (ids) =>
      ['begin', 'simulate', 'off'].map((intent) => ({
        path: `/loyalty?${shopQuery(ids)}`,
        json: { intent, shopId: ids.shopId },
      })),
    own: 'changes',
  },
  'loyalty_.programme loader': { calls: (ids) => [{ path: `/loyalty/programme?${shopQuery(ids)}` }], own: 'shows' },
  'loyalty_.programme action': {
    calls: (ids) => [
      { path: `/loyalty/programme?${shopQuery(ids)}`, json: { revision: 2, settings: {}, shopId: ids.shopId } },
      { path: `/loyalty/programme?${shopQuery(ids)}`, json: { simulate: {}, shopId: ids.shopId } },
    ],
    own: 'neither',
  },
  'loyalty_.members loader': {
    calls: (ids) => [
      { path: `/loyalty/members?tier=bronze&${shopQuery(ids)}` },
      { path: `/loyalty/members?${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'loyalty_.members_.csv loader': {
    calls: (ids) => [{ path: `/loyalty/members/csv?${shopQuery(ids)}` }],
    own: 'shows',
  },
  'loyalty_.liability.csv loader': {
    calls: (ids) => [
      { path: `/loyalty/liability/csv?${shopQuery(ids)}` },
      { path: `/loyalty/liability/csv?day=2030-01-01&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'loyalty_.members_.$id loader': { calls: (ids) => [member(ids)], own: 'shows' },
  'loyalty_.members_.$id action': {
    calls: (ids) => [
      { ...member(ids), json: { intent: 'cancel', redemptionId: ids.redemption } },
      { ...member(ids), json: { intent: 'adjust', id: randomUUID(), points: 9, reason: 'from outside' } },
    ],
    own: 'changes',
  },
  'loyalty_.import loader': { calls: (ids) => [{ path: `/loyalty/import?${shopQuery(ids)}` }], own: 'neither' },
  'loyalty_.import action': {
    calls: (ids) => [
      {
        path: `/loyalty/import?${shopQuery(ids)}`,
        json: {
          dry: false,
          text: `email,points\n${ids.customer}@example.com,5`,
          shopId: ids.shopId,
        },
      },
    ],
    own: 'neither',
  },
};
