/**
 * Whether everything that happens in the store reaches us, how quickly and by which way. Every function of the store
 * takes the scope of `db.inShop`.
 */
export type {
  ArrivalSpan,
  ArrivalSums,
  Coming,
  CompletenessProblem,
  CompletenessReport,
  Mend,
  RecordSums,
  Version,
  Window,
} from './model.ts';
export { toWindow } from './model.ts';
export { completenessOf, nothing, problemsOf, shareInTime, startOfWindow } from './rules.ts';
export type { Standing } from './rules.ts';
export { isOfAnotherClock, setBackAfter } from './set-back.ts';
export type { SetBack } from './set-back.ts';
export { readHeldLater, yieldToShown } from './store-held.ts';
export { forgetArrivalsOf, forgetOldArrivals, noteArrivals, readHoursOfArrivals, readRecordSums } from './store.ts';
