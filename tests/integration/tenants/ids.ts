import type { ShopId } from '#app/shared/ids.ts';

/** What one of the two shops has. */
export interface Ids {
  readonly shopId: ShopId;
  readonly domain: string;
  readonly bundle: string;
  readonly run: string;
  /** a finished data request with its file */
  readonly dataRequest: string;
  readonly delivery: string;
  /** a bundle idea of the two products */
  readonly idea: string;
  /** an experiment that runs, and one that is a draft */
  readonly experiment: string;
  readonly experimentDraft: string;
  /** exists in both shops, under one id */
  readonly sharedProduct: string;
  readonly ownProduct: string;
  /** is bought beside both, and so suggested to whoever has one of them */
  readonly suggestedProduct: string;
  readonly order: string;
  /** a browser that is joined with a customer */
  readonly visitor: string;
  readonly customer: string;
  readonly segment: string;
  /** who brought that order */
  readonly advocate: string;
  /** a reward of the customer */
  readonly redemption: string;
  /** a personal offer whose trigger the customer has met */
  readonly offer: string;
  /** a mail that failed, and the hash of the customer's address, which is suppressed */
  readonly mail: string;
  readonly emailHash: string;
}
