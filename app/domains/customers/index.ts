export { hashEmail } from '#app/infra/email-hash.ts';
export { countCustomers, eraseCustomer, findCustomers, readCustomerIdsAfter, upsertCustomers } from './store.ts';
