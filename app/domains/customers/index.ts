export { hashEmail } from '#app/infra/email-hash.ts';
export {
  countCustomers,
  eraseCustomer,
  findCustomerIds,
  findCustomers,
  readCustomerIdsAfter,
  upsertCustomers,
} from './store.ts';
