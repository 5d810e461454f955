export {
  anonymiseOrders,
  countOrders,
  countOrdersInOtherCurrency,
  deleteOrder,
  readOrderIdsAfter,
  readOrdersOf,
  readVisitorsOf,
  upsertOrders,
} from './store.ts';
export { readUsualCodeBps } from './store-codes.ts';
export { joinBuyers } from './store-join.ts';
