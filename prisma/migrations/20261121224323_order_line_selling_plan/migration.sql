-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "selling_plan" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "personal_offer" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "end_reason" TEXT,
    "terms" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "salt" TEXT NOT NULL,
    "stopped" JSONB NOT NULL DEFAULT '[]',
    "live_from" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "personal_offer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "personal_offer_grant" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "offer_id" UUID NOT NULL,
    "customer_id" TEXT,
    "occurrence" TEXT NOT NULL,
    "product_id" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "size" INTEGER,
    "reserved_minor" BIGINT NOT NULL DEFAULT 0,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "order_id" TEXT,
    "used_at" TIMESTAMPTZ(3),
    "booked_minor" BIGINT,

    CONSTRAINT "personal_offer_grant_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "personal_offer_policy" (
    "shop_id" UUID NOT NULL,
    "most" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,

    CONSTRAINT "personal_offer_policy_pkey" PRIMARY KEY ("shop_id")
);

-- CreateIndex
CREATE INDEX "personal_offer_status_shop_id_idx" ON "personal_offer"("status", "shop_id");

-- CreateIndex
CREATE INDEX "personal_offer_grant_shop_id_offer_id_state_entered_at_idx" ON "personal_offer_grant"("shop_id", "offer_id", "state", "entered_at");

-- CreateIndex
CREATE INDEX "personal_offer_grant_shop_id_customer_id_idx" ON "personal_offer_grant"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "personal_offer_grant_state_told_at_shop_id_idx" ON "personal_offer_grant"("state", "told_at", "shop_id");

-- CreateIndex
CREATE UNIQUE INDEX "personal_offer_grant_shop_id_offer_id_customer_id_occurrenc_key" ON "personal_offer_grant"("shop_id", "offer_id", "customer_id", "occurrence");
