export { hashEmail } from '#app/infra/email-hash.ts';
export { forgetMerges, lastOf, noteMerge } from './store-merges.ts';
export {
  countCustomers,
  eraseCustomer,
  findCustomerIds,
  findCustomers,
  readCustomerIdsAfter,
  upsertCustomers,
} from './store.ts';
