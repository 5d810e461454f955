-- AlterTable
ALTER TABLE "order" ADD COLUMN     "discount_codes" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "discount_code" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "offer" TEXT NOT NULL,
    "customer_id" TEXT,
    "uses" INTEGER,
    "used" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL,
    "refusal" TEXT,
    "todo" TEXT,
    "store_id" TEXT,
    "order_id" TEXT,
    "used_at" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discount_code_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "discount_code_use" (
    "shop_id" UUID NOT NULL,
    "code_id" BIGINT NOT NULL,
    "order_id" TEXT NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "discount_code_use_pkey" PRIMARY KEY ("shop_id","code_id","order_id")
);

-- CreateTable
CREATE TABLE "discount_code_offer" (
    "shop_id" UUID NOT NULL,
    "offer" TEXT NOT NULL,
    "store_id" TEXT NOT NULL,

    CONSTRAINT "discount_code_offer_pkey" PRIMARY KEY ("shop_id","offer")
);

-- CreateTable
CREATE TABLE "store_gift" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "note" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "refusal" TEXT,
    "sealed_code" TEXT,
    "store_id" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "given_at" TIMESTAMPTZ(3),

    CONSTRAINT "store_gift_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "loyalty_programme" (
    "shop_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "salt" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "loyalty_programme_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "loyalty_version" (
    "shop_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "settings" JSONB NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "loyalty_version_pkey" PRIMARY KEY ("shop_id","version")
);

-- CreateTable
CREATE TABLE "loyalty_member" (
    "shop_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "birthday_hash" TEXT,
    "tier" TEXT NOT NULL DEFAULT '',
    "tier_since" TIMESTAMPTZ(3),
    "tier_below_since" TIMESTAMPTZ(3),

    CONSTRAINT "loyalty_member_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "loyalty_order" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "tier" TEXT NOT NULL DEFAULT '',
    "points" INTEGER NOT NULL,
    "reasons" JSONB NOT NULL,
    "grants" JSONB NOT NULL,
    "steps" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "loyalty_order_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "loyalty_activity" (
    "shop_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "loyalty_activity_pkey" PRIMARY KEY ("shop_id","customer_id","rule","reference")
);

-- CreateTable
CREATE TABLE "loyalty_redemption" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "loyalty_redemption_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "loyalty_tier_change" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "from_tier" TEXT NOT NULL,
    "to_tier" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "loyalty_tier_change_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "loyalty_adjustment" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "loyalty_adjustment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "discount_code_shop_id_todo_offer_id_idx" ON "discount_code"("shop_id", "todo", "offer", "id");

-- CreateIndex
CREATE INDEX "discount_code_todo_shop_id_idx" ON "discount_code"("todo", "shop_id");

-- CreateIndex
CREATE INDEX "discount_code_shop_id_customer_id_idx" ON "discount_code"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "discount_code_ends_at_idx" ON "discount_code"("ends_at");

-- CreateIndex
CREATE UNIQUE INDEX "discount_code_shop_id_code_key" ON "discount_code"("shop_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "discount_code_shop_id_source_kind_source_id_purpose_key" ON "discount_code"("shop_id", "source_kind", "source_id", "purpose");

-- CreateIndex
CREATE INDEX "discount_code_use_shop_id_order_id_idx" ON "discount_code_use"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "store_gift_state_shop_id_idx" ON "store_gift"("state", "shop_id");

-- CreateIndex
CREATE INDEX "store_gift_shop_id_customer_id_idx" ON "store_gift"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "store_gift_shop_id_source_kind_source_id_purpose_key" ON "store_gift"("shop_id", "source_kind", "source_id", "purpose");

-- CreateIndex
CREATE INDEX "loyalty_member_shop_id_birthday_hash_idx" ON "loyalty_member"("shop_id", "birthday_hash");

-- CreateIndex
CREATE INDEX "loyalty_member_shop_id_tier_idx" ON "loyalty_member"("shop_id", "tier");

-- CreateIndex
CREATE INDEX "loyalty_member_shop_id_joined_at_idx" ON "loyalty_member"("shop_id", "joined_at");

-- CreateIndex
CREATE INDEX "loyalty_order_shop_id_customer_id_placed_at_idx" ON "loyalty_order"("shop_id", "customer_id", "placed_at");

-- CreateIndex
CREATE INDEX "loyalty_order_shop_id_placed_at_idx" ON "loyalty_order"("shop_id", "placed_at");

-- CreateIndex
CREATE INDEX "loyalty_activity_shop_id_at_idx" ON "loyalty_activity"("shop_id", "at");

-- CreateIndex
CREATE INDEX "loyalty_redemption_shop_id_customer_id_created_at_idx" ON "loyalty_redemption"("shop_id", "customer_id", "created_at");

-- CreateIndex
CREATE INDEX "loyalty_redemption_shop_id_created_at_idx" ON "loyalty_redemption"("shop_id", "created_at");

-- CreateIndex
CREATE INDEX "loyalty_tier_change_shop_id_customer_id_idx" ON "loyalty_tier_change"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "loyalty_tier_change_shop_id_at_idx" ON "loyalty_tier_change"("shop_id", "at");

-- CreateIndex
CREATE INDEX "loyalty_adjustment_shop_id_customer_id_idx" ON "loyalty_adjustment"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "loyalty_adjustment_shop_id_at_idx" ON "loyalty_adjustment"("shop_id", "at");
