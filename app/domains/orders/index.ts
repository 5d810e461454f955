export { anonymiseOrders, countOrders, deleteOrder, readOrderDays, readVisitorsOf, upsertOrders } from './store.ts';
export type { OrderDay } from './store.ts';
