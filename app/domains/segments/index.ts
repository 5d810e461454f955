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
export { type Rule, type RuleGroup, segmentRule } from './language.ts';
export {
  isSegmentRef,
  type OwnSegment,
  type SegmentDraft,
  segmentDraft,
  type SegmentRef,
  tagCircle,
} from './own-segment.ts';
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
export { lastChange, readChanges, type SegmentChange } from './store-changes.ts';
export {
  fillSegment,
  isTooHeavy,
  membersOf,
  noteProblem,
  type Preview,
  previewSegment,
  readScoredSince,
  readSegmentsOf,
  refreshMembers,
} from './store-members.ts';
export {
  archiveSegment,
  changeSegment,
  countOwnMembers,
  createSegment,
  deleteArchivedSegments,
  findOwnSegment,
  readOwnSegments,
  readSegmentChoices,
  type SegmentChoice,
} from './store-own.ts';
export type { ShopFacts } from './store-rules.ts';
