export { forgetOldSignals, signalJobs } from './jobs.ts';
export { MAX_EVENTS, type RejectedEvent, type Signal, type SignalKind, signalKinds } from './model.ts';
export { createRecordSignals, type Recorded } from './record-signals.ts';
export { createSignalBuffer, type SignalBuffer } from './signal-buffer.ts';
export { deleteSignalsOf, readSignalsOf } from './store.ts';
