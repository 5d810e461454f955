import { type RouteCase, shopQuery } from './route-case.ts';

/** Pages that say why: of a cart's price, and of who a visitor is taken for. */
export const whyCases: Readonly<Record<string, RouteCase>> = {
  'bundles.explain loader': {
    calls: (ids) => [{ path: `/bundles/explain?cart=${ids.sharedProduct}:2,${ids.ownProduct}:2&${shopQuery(ids)}` }],
    own: 'shows',
  },
  'bundles.try loader': {
    calls: (ids) => [{ path: `/bundles/try?cart=${ids.sharedProduct}:2,${ids.ownProduct}:2&${shopQuery(ids)}` }],
    own: 'shows',
  },
  'recommendations_.visitors loader': {
    calls: (ids) =>
      [ids.visitor, ids.customer].map((who) => ({ path: `/recommendations/visitors?who=${who}&${shopQuery(ids)}` })),
    own: 'shows',
  },
  'recommendations_.visitors action': {
    calls: (ids) => [
      {
        path: `/recommendations/visitors?${shopQuery(ids)}`,
        json: { intent: 'split', visitorId: ids.visitor, customerId: ids.customer },
      },
    ],
    own: 'changes',
  },
};
