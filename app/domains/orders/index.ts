export {
  anonymiseOrders,
  countOrders,
  deleteOrder,
  readOrderIdsAfter,
  readOrdersOf,
  readVisitorsOf,
  upsertOrders,
} from './store.ts';
