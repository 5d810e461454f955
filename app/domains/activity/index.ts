export type { Failure, Run, RunKind, RunStatus } from './model.ts';
export { performRun, RunBusy, RunCancelled } from './perform-run.ts';
export type { RunProgress } from './perform-run.ts';
export { addRun, cancelRuns, deleteOldRuns, listRuns, readRun, reopenRun, silentMs, takeStaleRuns } from './store.ts';
export type { StaleRun } from './store.ts';
