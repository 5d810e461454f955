export { currentHoldout, experimentResult } from './experiment-result.ts';
export type { Arm, ArmSummary, Experiment, ExperimentResult, Interval, Sighting } from './model.ts';
export { recordSightings } from './record-sightings.ts';
export { armOf } from './rules.ts';
export { setHoldout } from './set-holdout.ts';
export { deleteExposuresBefore, deleteExposuresOf, readExposuresOf } from './store.ts';
