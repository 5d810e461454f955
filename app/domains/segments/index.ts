export { fitFlows, fitScores } from './store-fit.ts';
export { type LeftOut, noteLeftOut, readLeftOut } from './store-left-out.ts';
export {
  type Fit,
  type Flow,
  type FlowDays,
  flowDays,
  type Group,
  type GroupFigures,
  groups,
  type Score,
  type Scores,
  type Square,
} from './model.ts';
export { type ConditionForm, conditionForms, namedBy, wordsOf } from './describe.ts';
export { deepest, mostConditions, type Rule, type RuleGroup, segmentRule } from './language.ts';
export { isSegmentRef, type OwnSegment, type SegmentDraft, segmentDraft, type SegmentRef } from './own-segment.ts';
export { type Confidence, confidenceOf, groupOf, isGroup, leastBuyers, mapOf } from './rules.ts';
export { forgetScoresOf, readFit, readFlows, readGroups, readMembers, readScoresOf, readSquares } from './store.ts';
export { countGuestsIn, forgetGuests, readGuests, readGuestScoresOf, readMailboxesOf } from './store-guests.ts';
export { readBuyersOf, scoreBuyers, scoreCustomers, scoreGuests } from './store-score.ts';
export { forgetOldChanges, lastChange, readChanges, type SegmentChange } from './store-changes.ts';
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
  stillFilling,
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
export { readGoodSpend, readShopOptions } from './store-options.ts';
export { type Person, readPeople } from './store-people.ts';
export {
  findSegmentTag,
  findShopsWithTags,
  joinTags,
  readSegmentTags,
  removeSegmentTag,
  saveSegmentTag,
} from './store-tags.ts';
export { nextTaggings, noteSynced, noteTagged, planTags } from './store-tagging.ts';
export { asksForTag, type SegmentTag, tagFor, tagText } from './tag.ts';
export { type SegmentTemplate, segmentTemplates } from './templates.ts';
