export { countCustomers, eraseCustomer, findCustomers, hashEmail, upsertCustomers } from './store.ts';
