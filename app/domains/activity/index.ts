export { noteFailedJob, takeFailedJob } from './failed-job-store.ts';
export type { Failure, Run, RunKind, RunStatus } from './model.ts';
export { emptyDataFiles, emptyDataFilesOf, readDataFile } from './data-request-store.ts';
export { listMends } from './mend-store.ts';
export { handedOn, performRun, RunBusy } from './perform-run.ts';
export type { RunProgress } from './perform-run.ts';
export {
  addRun,
  cancelRuns,
  deleteOldRuns,
  listCurrentRuns,
  listRuns,
  readRun,
  reopenRun,
  saveProgress,
  silentMs,
  takeStaleRuns,
} from './store.ts';
export type { StaleRun } from './store.ts';
