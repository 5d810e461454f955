import type { Ids } from './ids.ts';
import { type RouteCase, shopQuery } from './route-case.ts';

const form = (ids: Ids) => ({
  title: 'Changed from outside',
  kind: 'fixed',
  discount: { type: 'percentage', basisPoints: 500 },
  pickCount: 0,
  startsAt: null,
  endsAt: null,
  status: 'active',
  items: [ids.sharedProduct, ids.ownProduct].map((productId) => ({ productId, variantId: null, quantity: 1 })),
});

/** Pages of bundles, and of ideas for them. */
export const bundleCases: Readonly<Record<string, RouteCase>> = {
  'bundles._index loader': {
    calls: (ids) => [{ path: `/bundles?search=Bundle&${shopQuery(ids)}` }, { path: `/bundles?${shopQuery(ids)}` }],
    own: 'shows',
  },
  'bundles.$id loader': {
    calls: (ids) => [{ path: `/bundles/${ids.bundle}?${shopQuery(ids)}`, params: { id: ids.bundle } }],
    own: 'shows',
  },
  'bundles.$id action': {
    calls: (ids) => [
      {
        path: `/bundles/${ids.bundle}?${shopQuery(ids)}`,
        params: { id: ids.bundle },
        json: { revision: 1, form: form(ids) },
      },
      ...['merge', 'native', 'discount'].map((delivery) => ({
        path: `/bundles/${ids.bundle}?${shopQuery(ids)}`,
        params: { id: ids.bundle },
        json: { delivery },
      })),
      {
        path: '/bundles/new',
        params: { id: 'new' },
        json: { revision: 0, form: { ...form(ids), id: ids.bundle, shopId: ids.shopId } },
      },
    ],
    own: 'changes',
  },
  'bundles.change action': {
    calls: (ids) =>
      ['pause', 'activate', 'duplicate', 'delete', 'restore'].map((intent) => ({
        path: `/bundles/change?${shopQuery(ids)}`,
        json: { intent, ids: [ids.bundle] },
      })),
    own: 'changes',
  },
  'bundles.preview action': {
    calls: (ids) => [{ path: `/bundles/preview?${shopQuery(ids)}`, json: form(ids) }],
    own: 'shows',
  },
  'bundle-ideas._index loader': {
    calls: (ids) => [{ path: `/bundle-ideas?view=ideas&${shopQuery(ids)}` }],
    own: 'shows',
  },
  'bundle-ideas._index action': {
    calls: (ids) => [
      { path: `/bundle-ideas?${shopQuery(ids)}`, json: { intent: 'search', shopId: ids.shopId } },
      { path: `/bundle-ideas?${shopQuery(ids)}`, json: { intent: 'dismiss', id: ids.idea } },
      { path: `/bundle-ideas?${shopQuery(ids)}`, json: { intent: 'assume', assumptions: { elasticity: 3 } } },
    ],
    own: 'changes',
  },
  'bundle-ideas.$id loader': {
    calls: (ids) => [{ path: `/bundle-ideas/${ids.idea}?${shopQuery(ids)}`, params: { id: ids.idea } }],
    own: 'shows',
  },
  'bundle-ideas.$id action': {
    calls: (ids) => [
      { path: `/bundle-ideas/${ids.idea}?${shopQuery(ids)}`, params: { id: ids.idea }, json: { basisPoints: 500 } },
    ],
    own: 'changes',
  },
};
