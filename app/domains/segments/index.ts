export { fitFlows, fitScores } from './store-fit.ts';
export {
  type Fit,
  type Flow,
  type FlowDays,
  flowDays,
  type Group,
  type GroupFigures,
  groups,
  type Score,
  type Square,
} from './model.ts';
export { type Confidence, confidenceOf, groupOf, isGroup, leastBuyers, mapOf } from './rules.ts';
export {
  forgetScoresOf,
  readBuyersOf,
  readFit,
  readFlows,
  readGroups,
  readMembers,
  readScoresOf,
  readSquares,
  scoreCustomers,
} from './store.ts';
