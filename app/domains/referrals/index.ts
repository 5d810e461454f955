/**
 * Customers who recommend the store: their links and codes, what friends and advocates get, which orders count, and the
 * graded decision on each. Every function of the store takes the scope of `db.inShop`.
 */
export { broughtBy } from './brought.ts';
export { readCode } from './code.ts';
export { isNotAsked, mostHoldoutBps, usualHoldoutBps } from './holdout.ts';
export {
  type Decision,
  decisions,
  type FriendOffer,
  type Posted,
  type Programme,
  programmeTerms,
  type ProgrammeTerms,
  type Reward,
  type State,
  type Verdict,
  usualTerms,
} from './model.ts';
export { type Facts, judge, rewardFor, type Target, targetOf } from './rules.ts';
export { type Assumptions, simulate, type Simulation, usualAssumptions } from './simulate.ts';
export {
  type Advocate,
  bindVisitors,
  countOn,
  ensureAdvocate,
  findAdvocate,
  findAdvocateByCode,
  findAdvocateOf,
  forgetOldBindings,
  forgetReferralsOf,
  readAdvocates,
  readBindingsOf,
  readReferralsOf,
  renewCode,
  setStopped,
} from './store-advocates.ts';
export { askUnknownAgain, findTouches, noteOrdersChanged, openReferrals } from './store-attribution.ts';
export {
  type AdvocateFigures,
  type Funnel,
  readAdvocateFigures,
  readFunnel,
  readOutcomes,
  readSales,
} from './store-figures.ts';
export { readAdvocatesBefore, readBrought, readHoldoutBps, readHoldout, saveHoldoutBps } from './store-holdout.ts';
export { readFirstOrders, readProgramme, saveProgramme } from './store-programme.ts';
export {
  countFriends,
  overrule,
  readReferrals,
  readReviewQueue,
  readSteps,
  type ReferralRow,
  saveAppeal,
} from './store-review.ts';
export {
  addSteps,
  countEarlierOrders,
  type Due,
  findShopsWithDue,
  readHistories,
  saveSettled,
  type Settled,
  type Step,
  takeDue,
} from './store-settling.ts';
export { tellAdvocate, type Told, type ToldCode } from './told.ts';
export { sayReason } from './words.ts';
export { joinAdvocates } from './store-join.ts';
