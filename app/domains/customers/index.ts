export { hashEmail } from '#app/infra/email-hash.ts';
export { forgetMerges, lastOf, noteMerge } from './store-merges.ts';
export {
  changedCustomers,
  countCustomers,
  eraseCustomer,
  findCustomerIds,
  findCustomers,
  holdCustomer,
  readCustomerIdsAfter,
  upsertCustomers,
} from './store.ts';
