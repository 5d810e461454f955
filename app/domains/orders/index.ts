export { anonymiseOrders, countOrders, deleteOrder, readOrderDays, upsertOrders } from './store.ts';
export type { OrderDay } from './store.ts';
