import { bundleCases } from './bundle-cases.ts';
import { emailCases } from './email-cases.ts';
import { experimentCases } from './experiment-cases.ts';
import { ledgerCases } from './ledger-cases.ts';
import { loyaltyCases } from './loyalty-cases.ts';
import { offerCases } from './offer-cases.ts';
import { recommendationCases } from './recommendation-cases.ts';
import { referralCases } from './referral-cases.ts';
import { segmentCases } from './segment-cases.ts';
import { settingsCases } from './settings-cases.ts';
import { whyCases } from './why-cases.ts';
import { type RouteCase, shopQuery } from './route-case.ts';

/** One case for each loader and action of the admin. A route without one fails the test. */
export const routeCases: Readonly<Record<string, RouteCase>> = {
  ...bundleCases,
  ...emailCases,
  ...experimentCases,
  ...ledgerCases,
  ...loyaltyCases,
  ...offerCases,
  ...recommendationCases,
  ...referralCases,
  ...segmentCases,
  ...settingsCases,
  ...whyCases,
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
};
