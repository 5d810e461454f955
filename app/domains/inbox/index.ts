export type { Delivery, DeliveryNote, InboxRow } from './model.ts';
export { forgetPersonInDeliveries, listDeliveriesNaming } from './person-store.ts';
export { recordDeliveries } from './record-deliveries.ts';
export type { InboxPool } from './record-deliveries.ts';
export { runSteps } from './run-steps.ts';
export type { Step, StepEvent } from './run-steps.ts';
export {
  closeDeliveries,
  findShopsWithDueDeliveries,
  forgetFinishedSteps,
  forgetOldDeliveries,
  forgetOlderSteps,
  listDeliveries,
  noteFailures,
  readFinishedSteps,
  readTakenDeliveries,
  reopenDelivery,
  saveFinishedSteps,
  takeDueDeliveries,
} from './store.ts';
