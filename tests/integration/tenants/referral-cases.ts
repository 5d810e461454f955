import { usualAssumptions, usualTerms } from '#app/domains/referrals/index.ts';
import { type RouteCase, shopQuery } from './route-case.ts';

/** The pages of referrals. */
export const referralCases: Readonly<Record<string, RouteCase>> = {
  'referrals._index loader': { calls: (ids) => [{ path: `/referrals?days=90&${shopQuery(ids)}` }], own: 'shows' },
  'referrals.programme loader': {
    calls: (ids) => [{ path: `/referrals/programme?${shopQuery(ids)}` }],
    own: 'neither',
  },
  'referrals.programme action': {
    calls: (ids) => [
      {
        path: `/referrals/programme?${shopQuery(ids)}`,
        json: { active: true, terms: { ...usualTerms, waitDays: 3 }, shopId: ids.shopId },
      },
      {
        path: `/referrals/programme?${shopQuery(ids)}`,
        json: { simulate: { terms: usualTerms, assumed: usualAssumptions } },
      },
    ],
    own: 'changes',
  },
  'referrals.review loader': { calls: (ids) => [{ path: `/referrals/review?${shopQuery(ids)}` }], own: 'shows' },
  'referrals.review action': {
    calls: (ids) => [
      {
        path: `/referrals/review?${shopQuery(ids)}`,
        json: { orderId: ids.order, decision: 'deny', shopId: ids.shopId },
      },
    ],
    own: 'changes',
  },
  'referrals.advocates.$id loader': {
    calls: (ids) => [{ path: `/referrals/advocates/${ids.advocate}?${shopQuery(ids)}`, params: { id: ids.advocate } }],
    own: 'shows',
  },
  'referrals.advocates.$id action': {
    calls: (ids) =>
      ['new-code', 'stop', 'resume'].map((intent) => ({
        path: `/referrals/advocates/${ids.advocate}?${shopQuery(ids)}`,
        params: { id: ids.advocate },
        json: { intent, shopId: ids.shopId },
      })),
    own: 'changes',
  },
  'referrals.csv loader': { calls: (ids) => [{ path: `/referrals/csv?${shopQuery(ids)}` }], own: 'shows' },
};
