import type { Ids } from './ids.ts';
import { type RouteCase, shopQuery } from './route-case.ts';

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

/** Pages of experiments. */
export const experimentCases: Readonly<Record<string, RouteCase>> = {
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
};
