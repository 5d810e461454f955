-- AlterTable
ALTER TABLE "recommendation_version" ADD COLUMN     "cases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "hits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "signal" ADD COLUMN     "dwell_ms" INTEGER;

-- CreateTable
CREATE TABLE "recommendation_voice" (
    "shop_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "product_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "data" BYTEA NOT NULL,

    CONSTRAINT "recommendation_voice_pkey" PRIMARY KEY ("shop_id","version","product_id")
);

-- CreateTable
CREATE TABLE "recommendation_pending" (
    "shop_id" UUID NOT NULL,
    "product_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recommendation_pending_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateTable
CREATE TABLE "recommendation_rule" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'on',
    "surfaces" TEXT[],
    "target" JSONB NOT NULL,
    "condition" JSONB,
    "strength_percent" INTEGER NOT NULL DEFAULT 0,
    "bundle_id" UUID,
    "position" INTEGER NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recommendation_rule_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "recommendation_setting" (
    "shop_id" UUID NOT NULL,
    "objective" TEXT NOT NULL DEFAULT 'clicks',
    "objective_percent" INTEGER NOT NULL DEFAULT 50,
    "diversity_percent" INTEGER NOT NULL DEFAULT 20,
    "owned" TEXT NOT NULL DEFAULT 'hide',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recommendation_setting_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "visitor_identity" (
    "shop_id" UUID NOT NULL,
    "visitor_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "orders" INTEGER NOT NULL DEFAULT 0,
    "logins" INTEGER NOT NULL DEFAULT 0,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "split_at" TIMESTAMPTZ(3),

    CONSTRAINT "visitor_identity_pkey" PRIMARY KEY ("shop_id","visitor_id","customer_id")
);

-- CreateIndex
CREATE INDEX "recommendation_voice_shop_id_version_revision_idx" ON "recommendation_voice"("shop_id", "version", "revision");

-- CreateIndex
CREATE INDEX "recommendation_rule_shop_id_position_idx" ON "recommendation_rule"("shop_id", "position");

-- CreateIndex
CREATE INDEX "visitor_identity_shop_id_customer_id_idx" ON "visitor_identity"("shop_id", "customer_id");
