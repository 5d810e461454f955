import { type RouteCase, shopQuery } from './route-case.ts';

/** The pages of settings. */
export const settingsCases: Readonly<Record<string, RouteCase>> = {
  'settings loader': { calls: (ids) => [{ path: `/settings?${shopQuery(ids)}` }], own: 'neither' },
  'settings action': {
    calls: (ids) => [
      {
        path: `/settings?${shopQuery(ids)}`,
        json: {
          shopId: ids.shopId,
          holdoutBps: 900,
          minMarginBps: 100,
          defaultMarginBps: 5000,
          combinesWith: { order: true, product: true, shipping: true },
        },
      },
    ],
    own: 'changes',
  },
  'settings_.store action': {
    calls: (ids) =>
      ['check', 'disconnect'].map((intent) => ({
        path: `/settings/store?${shopQuery(ids)}`,
        json: { intent, shopId: ids.shopId },
      })),
    own: 'neither',
  },
};
