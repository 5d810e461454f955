import { type RouteCase, shopQuery } from './route-case.ts';

/** The pages of e-mails. */
export const emailCases: Readonly<Record<string, RouteCase>> = {
  'emails loader': {
    calls: (ids) => [
      ...['templates', 'log', 'suppressed', 'settings'].map((view) => ({
        path: `/emails?view=${view}&${shopQuery(ids)}`,
      })),
      { path: `/emails?view=log&search=${ids.customer}&${shopQuery(ids)}` },
      { path: `/emails?view=log&search=${ids.customer}@example.com&${shopQuery(ids)}` },
      { path: `/emails?view=suppressed&search=${ids.customer}@example.com&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'emails action': {
    calls: (ids) => [
      { path: `/emails?${shopQuery(ids)}`, json: { intent: 'send-again', id: ids.mail, shopId: ids.shopId } },
      { path: `/emails?${shopQuery(ids)}`, json: { intent: 'allow', hash: ids.emailHash } },
      { path: `/emails?${shopQuery(ids)}`, json: { intent: 'suppress', text: 'outside@example.com' } },
      {
        path: `/emails?${shopQuery(ids)}`,
        json: { intent: 'settings', settings: { senderName: 'Changed from outside' }, shopId: ids.shopId },
      },
    ],
    own: 'changes',
  },
  'emails_.$template loader': {
    calls: (ids) =>
      [`customer=${ids.customer}`, 'customer=sample', `search=${ids.customer}@example.com`].map((ask) => ({
        path: `/emails/notifications.test?${ask}&${shopQuery(ids)}`,
        params: { template: 'notifications.test' },
      })),
    own: 'shows',
  },
  'emails_.$template action': {
    calls: (ids) => [
      {
        path: `/emails/notifications.test?${shopQuery(ids)}`,
        params: { template: 'notifications.test' },
        json: { intent: 'save', active: false, language: 'en', words: { title: 'Changed' }, shopId: ids.shopId },
      },
      {
        path: `/emails/notifications.test?${shopQuery(ids)}`,
        params: { template: 'notifications.test' },
        json: { intent: 'test', address: 'outside@example.com', language: 'en', shopId: ids.shopId },
      },
    ],
    own: 'changes',
  },
  'emails_.csv loader': {
    calls: (ids) => [
      { path: `/emails/csv?search=${ids.customer}&${shopQuery(ids)}` },
      { path: `/emails/csv?${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'emails_.suppressed.csv loader': {
    calls: (ids) => [{ path: `/emails/suppressed/csv?${shopQuery(ids)}` }],
    own: 'shows',
  },
};
