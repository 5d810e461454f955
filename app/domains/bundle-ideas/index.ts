/**
 * Ideas for bundles, found in the shop's own baskets and held against prices, costs, stock and the margin guard.
 * Pure rules find and judge; `store.ts` keeps what was found and what the merchant thought of it.
 */
export { assessIdea, type Assessment, type PricePoint, type Refusal } from './assess-idea.ts';
export { type Beside, type BesideGift, type StackPart } from './beside.ts';
export { createBasketReader } from './baskets.ts';
export { chooseIdeas, isCovered, productIdsOf } from './choose-ideas.ts';
export { findIdeas } from './find-ideas.ts';
export {
  type Assumptions,
  assumptionsSchema,
  defaultAssumptions,
  evidenceSchema,
  type IdeaFound,
  type IdeaKind,
  type IdeaProduct,
  leastBaskets,
  type SearchReport,
  type StoredIdea,
} from './model.ts';
export {
  countBaskets,
  ideaId,
  readIdea,
  readIdeas,
  readSearch,
  readSettledIds,
  replaceOpenIdeas,
  saveAssumptions,
  streamBasketLines,
  writeStatus,
} from './store.ts';
export type { Circumstances } from './worst-stack.ts';
