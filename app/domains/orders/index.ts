export { anonymiseOrders, countOrders, deleteOrder, readOrderDays, readOrdersOf, readVisitorsOf, upsertOrders } from './store.ts';
export type { OrderDay } from './store.ts';
