/** The eleven named groups, the most valuable first. */
export const groups = [
  'champions',
  'loyal',
  'potential',
  'new',
  'promising',
  'attention',
  'about-to-sleep',
  'at-risk',
  'cannot-lose',
  'hibernating',
  'lost',
] as const;
export type Group = (typeof groups)[number];

/** 1 (lowest fifth of the shop's buyers) to 5. */
export type Score = 1 | 2 | 3 | 4 | 5;
export const scores: readonly Score[] = [1, 2, 3, 4, 5];

/** Where scores begin: score k + 2 at the kth entry. A score that no buyer has is begun by none, so there may be fewer. */
export interface Cuts<Value> {
  readonly recency: readonly Date[];
  readonly frequency: readonly number[];
  readonly money: readonly Value[];
}

/** When and from how many buyers the shop was divided. */
export interface Fit {
  readonly fittedAt: Date;
  readonly buyers: number;
  /** those of them who have no account; null = they were not counted yet */
  readonly guests: number | null;
  readonly currency: string;
}

/** One square of the map: buyers of a recency and of a mean of frequency and money. */
export interface Square {
  readonly recency: Score;
  readonly value: Score;
  readonly group: Group;
  readonly customers: number;
  readonly spentMinor: number;
}

export interface GroupFigures {
  readonly group: Group;
  /** all buyers in it */
  readonly customers: number;
  /** those of them who have no account */
  readonly guests: number;
  readonly spentMinor: number;
  /** orders of the middle customer */
  readonly medianOrders: number;
  /** days since the last order of the middle customer */
  readonly medianDays: number;
  /** customers who would be in the group as well had the shop met other customers of the same kind, expected number */
  readonly sure: number;
}

/** Customers who were in one group and are in another, or the same, now. */
export interface Flow {
  /** null = had not bought yet */
  readonly from: Group | null;
  readonly to: Group;
  readonly customers: number;
  readonly spentMinor: number;
}

/** Spans for which the flow is known. */
export const flowDays = [30, 90, 365] as const;
export type FlowDays = (typeof flowDays)[number];

/** What a buyer did, and where that puts them. */
export interface Scores {
  readonly orders: number;
  readonly spentMinor: number;
  readonly firstOrderAt: Date;
  readonly lastOrderAt: Date;
  readonly recency: Score;
  readonly frequency: Score;
  readonly money: Score;
  readonly group: Group;
  readonly groupSince: Date;
}

export interface ScoredCustomer extends Scores {
  readonly customerId: string;
}

/** A buyer without an account. */
export interface ScoredGuest extends Scores {
  /** key of the mailbox */
  readonly mailbox: string;
}
