export { signalJobs } from './jobs.ts';
export { type RejectedEvent, type Signal, type SignalKind } from './model.ts';
export { createRecordSignals, type Recorded } from './record-signals.ts';
export { createSignalBuffer, type SignalBuffer } from './signal-buffer.ts';
export { readSilence, type Silence } from './silence.ts';
export { deleteSignalsOf, readSignalsOf } from './store.ts';
export { type KeenViewer, readKeenViewers } from './store-keen-viewers.ts';
export { type VisitorInterest } from './affinity.ts';
export {
  findPersonsVisitors,
  type Identification,
  identifyByOrders,
  type IdentityLink,
  mergeIdentity,
  readBrowsersOf,
  readIdentity,
  readVisitorsOfCustomers,
  rejoinIdentity,
  splitIdentity,
} from './identity.ts';
export { linkedBrowsers } from './store-linked.ts';
export { deleteIdentities, recountIdentities } from './identity-store.ts';
export { forgetInterest, noteSignals, readInterest, readInterestOfPerson } from './visitor-affinity.ts';
export { joinIdentities } from './join-identities.ts';
