import type { Ids } from './ids.ts';

export interface RouteCall {
  /** path and query */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** the answer holds sums, by which nobody's records can be told */
  readonly sums?: boolean;
}

export interface RouteCase {
  /** calls that name records of `ids` in every place where the route takes an id */
  readonly calls: (ids: Ids) => readonly RouteCall[];
  /** with the records' own merchant: does the answer show them, do the calls change something? (else the test would prove nothing) */
  readonly own: 'shows' | 'changes' | 'neither';
  /** answers anybody, because it holds nothing of a shop */
  readonly open?: boolean;
}

/** The victim's ids wherever a page might read them from the address. */
export const shopQuery = (ids: Ids) => `shop=${ids.domain}&shopId=${ids.shopId}&host=aG9zdA`;
