import { type RouteCase, shopQuery } from './route-case.ts';

/** The page of the ledger. */
export const ledgerCases: Readonly<Record<string, RouteCase>> = {
  'ledger loader': {
    calls: (ids) => [
      { path: `/ledger?${shopQuery(ids)}`, sums: true },
      { path: `/ledger?search=${ids.customer}&${shopQuery(ids)}` },
      { path: `/ledger?kind=customer&owner=${ids.customer}&unit=points&day=2030-01-01&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
  'ledger_.statement.csv loader': {
    calls: (ids) => [
      { path: `/ledger/statement/csv?kind=customer&owner=${ids.customer}&unit=points&${shopQuery(ids)}`, sums: true },
    ],
    own: 'neither',
  },
  'ledger_.statement.pdf loader': {
    calls: (ids) => [
      { path: `/ledger/statement/pdf?kind=customer&owner=${ids.customer}&unit=points&${shopQuery(ids)}` },
    ],
    own: 'shows',
  },
};
