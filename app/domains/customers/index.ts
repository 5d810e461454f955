export { countCustomers, eraseCustomer, hashEmail, upsertCustomers } from './store.ts';
