import { type RouteCase, shopQuery } from './route-case.ts';

/** Pages of recommendations: their rules, their backtest, and what explains them. */
export const recommendationCases: Readonly<Record<string, RouteCase>> = {
  'recommendations_.explain loader': {
    calls: (ids) => [
      { path: `/recommendations/explain?product=${ids.ownProduct}&${shopQuery(ids)}` },
      {
        path: `/recommendations/explain?product=${ids.ownProduct}&suggested=${ids.suggestedProduct}&${shopQuery(ids)}`,
      },
      // The shared product is in both carts: what it says must be the asking shop's own.
      {
        path: `/recommendations/explain?cart=${ids.sharedProduct},${ids.ownProduct}&suggested=${ids.suggestedProduct}&${shopQuery(ids)}`,
      },
      { path: `/recommendations/explain?cart=${ids.sharedProduct},${ids.ownProduct}&${shopQuery(ids)}` },
      {
        path: `/recommendations/explain?cart=${ids.ownProduct}&suggested=${ids.suggestedProduct}&customer=${encodeURIComponent(ids.customer)}&${shopQuery(ids)}`,
      },
      { path: `/recommendations/explain?list=popular&${shopQuery(ids)}` },
      { path: `/recommendations/explain?customer=${encodeURIComponent(ids.customer)}&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'recommendations_.backtest loader': {
    calls: (ids) => [{ path: `/recommendations/backtest?${shopQuery(ids)}` }],
    own: 'neither',
  },
  'recommendations_.backtest action': {
    calls: (ids) => [{ path: `/recommendations/backtest?${shopQuery(ids)}`, json: { shopId: ids.shopId } }],
    own: 'changes',
  },
  'recommendations_.rules loader': {
    calls: (ids) => [{ path: `/recommendations/rules?search=Product&product=${ids.ownProduct}&${shopQuery(ids)}` }],
    own: 'shows',
  },
  'recommendations_.rules action': {
    calls: (ids) => [
      {
        path: `/recommendations/rules?${shopQuery(ids)}`,
        json: {
          intent: 'settings',
          settings: { objective: 'margin', objectivePercent: 60, diversityPercent: 10, owned: 'show' },
        },
      },
    ],
    own: 'changes',
  },
  'recommendations_.rules_.$id loader': {
    calls: (ids) => [{ path: `/recommendations/rules/new?${shopQuery(ids)}`, params: { id: 'new' } }],
    own: 'shows',
  },
  'recommendations_.rules_.$id action': {
    calls: (ids) => [
      {
        path: `/recommendations/rules/new?${shopQuery(ids)}`,
        params: { id: 'new' },
        json: {
          revision: 0,
          form: {
            title: 'From outside',
            action: 'pin',
            status: 'on',
            surfaces: ['cart'],
            target: { kind: 'products', ids: [ids.ownProduct] },
            condition: null,
            strengthPercent: 0,
            bundleId: null,
            startsAt: '',
            endsAt: '',
          },
        },
      },
    ],
    own: 'changes',
  },
  'recommendations loader': {
    calls: (ids) => [
      ...[ids.ownProduct, ids.sharedProduct].map((id) => ({
        path: `/recommendations?search=Product&product=${id}&${shopQuery(ids)}`,
      })),
      { path: `/recommendations?cart=${ids.sharedProduct},${ids.ownProduct}&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'recommendations action': {
    calls: (ids) => [{ path: `/recommendations?${shopQuery(ids)}`, json: { shopId: ids.shopId } }],
    own: 'changes',
  },
};
