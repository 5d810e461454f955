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
export { readLatestCountries } from './store-countries.ts';
export { readOrderNames } from './store-names.ts';
export { readUsualCodeBps } from './store-codes.ts';
export { readUsualTax } from './store-tax.ts';
export { joinBuyers } from './store-join.ts';
