-- That a posting has its transaction is seen to by ledger_take_postings, at once and in one look for all of a statement's
-- postings: the constraint asked the same for each of them.
ALTER TABLE "ledger_posting" DROP CONSTRAINT "ledger_posting_transaction_fkey";
