export {
  countCustomers,
  eraseCustomer,
  findCustomers,
  hashEmail,
  readCustomerIdsAfter,
  upsertCustomers,
} from './store.ts';
