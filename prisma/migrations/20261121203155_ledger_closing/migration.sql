-- AlterTable
ALTER TABLE "ledger_account" ADD COLUMN     "closes_at" TIMESTAMPTZ(3);

-- Accounts that are to be closed.
CREATE INDEX "ledger_account_closing_idx" ON "ledger_account"("shop_id", "closes_at") WHERE "closes_at" IS NOT NULL;
