export { checkLedger } from './check-ledger.ts';
export { earn, earnAll, type Earning } from './earn.ts';
export { closeAccount, closeOwner, closeOwnerLater } from './close-account.ts';
export { joinAccounts, joinOwners } from './join-accounts.ts';
export { ledgerJobs } from './jobs.ts';
export { reverse, reverseAll } from './reverse.ts';
export { settleDue } from './settle-due.ts';
export {
  formatAmount,
  type MoreColumns,
  statementRows,
  type StatementSpan,
  statementTable,
} from './statement-table.ts';
export { capture, release } from './settle-hold.ts';
export { hold, spend, spendIntoDebt } from './spend.ts';
export { spendTimes } from './spend-times.ts';
export { readCheck } from './store-checks.ts';
export { readFates } from './store-fates.ts';
export { readExpiring } from './store-expiring.ts';
export { readOutstandingAt } from './store-outstanding.ts';
export { readBalancesAt, readLots, readStatement, readTotals, type StatementRow } from './store-statement.ts';
export { findAccounts, findAccountsOf, readMovementsOf, readUnits } from './store-owners.ts';
export { readBalances } from './store.ts';
export type { AccountRef, Operation, Source } from './model.ts';
