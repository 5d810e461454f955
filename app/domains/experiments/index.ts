export { foreignVersions, stopForeignTests } from './split-tests/currency.ts';
export { currentHoldout, customerHoldoutResult, experimentResult, giftResult } from './experiment-result.ts';
export type { Arm, ArmSummary, Experiment, ExperimentResult, Interval, Sighting } from './model.ts';
export { recordSightings } from './record-sightings.ts';
export { armOf } from './rules.ts';
export {
  applySplitTest,
  checkSplitTest,
  createSplitTest,
  deleteSplitTest,
  findSplitTest,
  planSplitTest,
  type SplitTestFailure,
  type SplitTestResult,
  startSplitTest,
  stopSplitTest,
  updateSplitTest,
  withdrawSplitTest,
} from './split-tests/manage-split-test.ts';
export {
  type ArmReading,
  type ArmSums,
  type Contrast,
  type DayReading,
  type ReadingPoint,
  type SplitTest,
  type StopReason,
  type TestReading,
  type TestSums,
  type TestState,
  testStates,
} from './split-tests/model.ts';
export { type ArmChange, changesOf, splitTestLimits, type TestSubject } from './split-tests/subject.ts';
export {
  type Assignment,
  assignmentsOf,
  changesBundle,
  forPages,
  isHiddenFrom,
  type ShopExperiments,
} from './split-tests/publication.ts';
export { compareArms, type Comparison } from './split-tests/compare-arms.ts';
export { withheldBy } from './split-tests/withheld.ts';
export { emptyArm } from './split-tests/rules.ts';
export { type Participant, readParticipantSums } from './split-tests/store-customer-sums.ts';
export {
  keepReading,
  readingHistory,
  readingOf,
  readPriceTests,
  readShopExperiments,
} from './split-tests/read-split-test.ts';
export { automaticStop } from './split-tests/rules.ts';
export { readShopsWithTests, readTestPage, readTestsIn } from './split-tests/store.ts';
export { setHoldout } from './set-holdout.ts';
export {
  deleteExposuresBefore,
  deleteExposuresOf,
  leaveOutVisitors,
  lockExperiments,
  readExposuresOf,
} from './store.ts';
