export { signalJobs } from './jobs.ts';
export { type RejectedEvent, type Signal, type SignalKind } from './model.ts';
export { createRecordSignals, type Recorded } from './record-signals.ts';
export { createSignalBuffer, type SignalBuffer } from './signal-buffer.ts';
export { deleteSignalsOf, readSignalsOf } from './store.ts';
