-- CreateTable
CREATE TABLE "ledger_account" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "owner_kind" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "available" BIGINT NOT NULL DEFAULT 0,
    "pending" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "merged_into" BIGINT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "operation" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "account_id" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,
    "entries" INTEGER NOT NULL,
    "overdraft" BOOLEAN NOT NULL DEFAULT false,
    "related_id" BIGINT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "ledger_posting" (
    "shop_id" UUID NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "entry" INTEGER NOT NULL,
    "account_id" BIGINT NOT NULL,
    "bucket" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "lot_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_posting_pkey" PRIMARY KEY ("shop_id","transaction_id","entry")
);

-- CreateTable
CREATE TABLE "ledger_lot" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "account_id" BIGINT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    "origin_id" BIGINT,
    "vest_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "available" BIGINT NOT NULL DEFAULT 0,
    "pending" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_lot_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_shop_id_owner_kind_owner_id_unit_key" ON "ledger_account"("shop_id", "owner_kind", "owner_id", "unit");

-- CreateIndex
CREATE INDEX "ledger_transaction_shop_id_related_id_idx" ON "ledger_transaction"("shop_id", "related_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_shop_id_source_kind_source_id_purpose_key" ON "ledger_transaction"("shop_id", "source_kind", "source_id", "purpose");

-- CreateIndex
CREATE INDEX "ledger_posting_shop_id_account_id_transaction_id_idx" ON "ledger_posting"("shop_id", "account_id", "transaction_id");

-- CreateIndex
CREATE INDEX "ledger_posting_shop_id_lot_id_idx" ON "ledger_posting"("shop_id", "lot_id");

-- CreateIndex
CREATE INDEX "ledger_lot_shop_id_transaction_id_idx" ON "ledger_lot"("shop_id", "transaction_id");

-- CreateTable
CREATE TABLE "ledger_check" (
    "shop_id" UUID NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "accounts" INTEGER NOT NULL,
    "transactions" INTEGER NOT NULL,
    "differences" JSONB NOT NULL,

    CONSTRAINT "ledger_check_pkey" PRIMARY KEY ("shop_id")
);

-- What Prisma's schema language has no words for.

ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_set_aside_check" CHECK ("pending" >= 0 AND "held" >= 0);
ALTER TABLE "ledger_lot" ADD CONSTRAINT "ledger_lot_balances_check" CHECK ("available" >= 0 AND "pending" >= 0 AND "held" >= 0);
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_amount_check" CHECK ("amount" >= 0 AND "entries" >= 2);
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_amount_check" CHECK ("amount" <> 0 AND "entry" >= 1);

-- Within a database transaction in any order, and at its end no posting is without the transaction it belongs to.
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_transaction_fkey" FOREIGN KEY ("shop_id", "transaction_id")
  REFERENCES "ledger_transaction"("shop_id", "id") DEFERRABLE INITIALLY DEFERRED;

-- Lots that still hold something, and those whose time comes.
CREATE INDEX "ledger_lot_open_idx" ON "ledger_lot"("shop_id", "account_id") WHERE "available" > 0 OR "pending" > 0 OR "held" > 0;
CREATE INDEX "ledger_lot_vest_idx" ON "ledger_lot"("shop_id", "vest_at") WHERE "pending" > 0;
CREATE INDEX "ledger_lot_expiry_idx" ON "ledger_lot"("shop_id", "expires_at") WHERE "available" > 0 AND "expires_at" IS NOT NULL;

-- Lots that go on in another account, by the one they come from.
CREATE INDEX "ledger_lot_origin_idx" ON "ledger_lot"("shop_id", "origin_id") WHERE "origin_id" IS NOT NULL;
