import { loyaltyCases } from './loyalty-cases.ts';
import { type RouteCase, shopQuery } from './route-case.ts';
import { emailCases } from './email-cases.ts';
import { ledgerCases } from './ledger-cases.ts';
import { offerCases } from './offer-cases.ts';
import { referralCases } from './referral-cases.ts';
import { segmentCases } from './segment-cases.ts';
import { settingsCases } from './settings-cases.ts';
import { whyCases } from './why-cases.ts';
import type { Ids } from './ids.ts';

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

const experiment = (ids: Ids) => ({
  title: 'Changed from outside',
  subject: { type: 'bundle', id: ids.bundle },
  arms: [
    { key: 'a', share: 5000, change: {} },
    { key: 'b', share: 5000, change: { hide: true } },
  ],
  trafficBps: 10_000,
  layer: '',
  effectBps: 1000,
  shopId: ids.shopId,
});

/** One case for each loader and action of the admin. A route without one fails the test. */
export const routeCases: Readonly<Record<string, RouteCase>> = {
  ...emailCases,
  ...ledgerCases,
  ...offerCases,
  ...referralCases,
  'root loader': { calls: (ids) => [{ path: `/?${shopQuery(ids)}` }], own: 'neither', open: true },
  '$ loader': { calls: (ids) => [{ path: `/nothing-here?${shopQuery(ids)}` }], own: 'neither', open: true },
  'auth.session-token loader': {
    calls: (ids) => [{ path: `/auth/session-token?${shopQuery(ids)}&shopify-reload=http://127.0.0.1:3000/bundles` }],
    own: 'neither',
    open: true,
  },
  'connect.woocommerce loader': {
    calls: (ids) => [{ path: `/connect/woocommerce?store=${ids.domain}&${shopQuery(ids)}` }],
    own: 'neither',
    open: true,
  },
  'connect.woocommerce action': {
    calls: (ids) => [{ path: `/connect/woocommerce?${shopQuery(ids)}`, json: { address: ids.domain } }],
    own: 'neither',
  },
  'connect.woocommerce_.return loader': {
    calls: (ids) => [{ path: `/connect/woocommerce/return?success=1&user_id=${ids.shopId}` }],
    own: 'neither',
  },
  'connect.sign-out action': {
    calls: (ids) => [{ path: `/connect/sign-out?${shopQuery(ids)}`, json: { shopId: ids.shopId } }],
    own: 'neither',
  },
  'products.pick loader': {
    calls: (ids) => [
      {
        path: `/products/pick?kind=products&ids=${ids.ownProduct},${ids.sharedProduct}&search=${ids.ownProduct}&${shopQuery(ids)}`,
      },
    ],
    own: 'shows',
  },
  'activity_.completeness.csv loader': {
    calls: (ids) => [{ path: `/activity/completeness/csv?window=30d&${shopQuery(ids)}` }],
    own: 'neither',
  },
  '_index loader': { calls: (ids) => [{ path: `/?days=365&${shopQuery(ids)}` }], own: 'shows' },
  '_index action': {
    calls: (ids) => [
      { path: `/?${shopQuery(ids)}`, json: { dismissed: true, blocksChecked: true, shopId: ids.shopId } },
    ],
    own: 'changes',
  },
  'activity loader': {
    calls: (ids) =>
      ['runs', 'webhooks', 'completeness', 'failures'].map((view) => ({
        path: `/activity?view=${view}&show=500&${shopQuery(ids)}`,
        sums: view === 'completeness',
      })),
    own: 'shows',
  },
  'activity action': {
    calls: (ids) => [
      { path: `/activity?${shopQuery(ids)}`, json: { kind: 'run', id: ids.run } },
      { path: `/activity?${shopQuery(ids)}`, json: { kind: 'webhook', id: ids.delivery } },
      { path: `/activity?${shopQuery(ids)}`, json: { kind: 'job', id: ids.run } },
    ],
    own: 'changes',
  },
  'activity_.data-request.$id loader': {
    calls: (ids) => [
      { path: `/activity/data-request/${ids.dataRequest}?${shopQuery(ids)}`, params: { id: ids.dataRequest } },
    ],
    own: 'shows',
  },
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
  'experiments._index loader': {
    calls: (ids) => [{ path: `/experiments?search=Experiment&${shopQuery(ids)}` }],
    own: 'shows',
  },
  'experiments.$id loader': {
    calls: (ids) =>
      [ids.experiment, ids.experimentDraft].map((id) => ({
        path: `/experiments/${id}?${shopQuery(ids)}`,
        params: { id },
      })),
    own: 'shows',
  },
  'experiments.$id action': {
    calls: (ids) => [
      { path: '/experiments/new', params: { id: 'new' }, json: { intent: 'save', form: experiment(ids) } },
      {
        path: `/experiments/${ids.experimentDraft}`,
        params: { id: ids.experimentDraft },
        json: { intent: 'save', form: experiment(ids) },
      },
      ...['start', 'delete'].map((intent) => ({
        path: `/experiments/${ids.experimentDraft}?${shopQuery(ids)}`,
        params: { id: ids.experimentDraft },
        json: { intent },
      })),
      ...['stop', 'apply', 'withdraw', 'delete'].map((intent) => ({
        path: `/experiments/${ids.experiment}?${shopQuery(ids)}`,
        params: { id: ids.experiment },
        json: { intent, arm: 'b' },
      })),
    ],
    own: 'changes',
  },
  'experiments.$id_.csv loader': {
    calls: (ids) => [{ path: `/experiments/${ids.experiment}/csv?${shopQuery(ids)}`, params: { id: ids.experiment } }],
    own: 'shows',
  },
  'experiments.plan action': {
    calls: (ids) => [{ path: `/experiments/plan?${shopQuery(ids)}`, json: experiment(ids) }],
    own: 'neither',
  },
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
  ...segmentCases,
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
    calls: (ids) =>
      [ids.ownProduct, ids.sharedProduct].map((id) => ({
        path: `/recommendations?search=Product&product=${id}&${shopQuery(ids)}`,
      })),
    own: 'shows',
  },
  'recommendations action': {
    calls: (ids) => [{ path: `/recommendations?${shopQuery(ids)}`, json: { shopId: ids.shopId } }],
    own: 'changes',
  },
  'order-offers loader': { calls: (ids) => [{ path: `/order-offers?${shopQuery(ids)}` }], own: 'shows' },
  'order-offers action': {
    calls: (ids) => [
      {
        path: `/order-offers?${shopQuery(ids)}`,
        json: { active: true, discountBps: 900, hours: 12, shopId: ids.shopId },
      },
    ],
    own: 'changes',
  },
  ...loyaltyCases,
  ...settingsCases,
  ...whyCases,
};
