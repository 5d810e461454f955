export { anonymiseOrders, countOrders, deleteOrder, readOrderDays, readOrderIdsAfter, readOrdersOf, readVisitorsOf, upsertOrders } from './store.ts';
export type { OrderDay } from './store.ts';
