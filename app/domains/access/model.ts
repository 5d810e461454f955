/** Products that not everybody may buy, for a time or for good, and who may. */
export interface Restriction {
  readonly productIds: readonly string[];
  /** collections whose products it is about as well */
  readonly collectionIds: readonly string[];
  /** customers who hold one of them may buy (`keyOf`) */
  readonly keys: readonly string[];
  /** names of the levels that may buy, the lowest first; empty where customers are invited one by one */
  readonly levels: readonly string[];
  /** everybody may buy from then on; null = it stays so */
  readonly until: Date | null;
}

/** What the store is told of a customer: what pages say to them, and what the checkout lets them buy. */
export interface ToldFacts {
  /** available, in whole points; below zero = owed */
  readonly points: number;
  /** id of the level; '' = none */
  readonly tier: string;
  /** what counts for the level: points or minor units */
  readonly figure: number;
  /** offers that gave the customer early access which still runs, in order */
  readonly offers: readonly string[];
  /** takes part in the programme */
  readonly member: boolean;
  /** what the store puts into the cart of its own accord; '' = none */
  readonly code: string;
}

export interface ToldCustomer extends ToldFacts {
  readonly customerId: string;
}
