-- AlterTable
ALTER TABLE "order" ADD COLUMN     "region" TEXT;

-- CreateTable
CREATE TABLE "segment_tag" (
    "shop_id" UUID NOT NULL,
    "ref" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "synced_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "segment_tag_pkey" PRIMARY KEY ("shop_id","ref")
);

-- CreateTable
CREATE TABLE "customer_tag" (
    "shop_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "customer_tag_pkey" PRIMARY KEY ("shop_id","customer_id","tag")
);

-- CreateIndex
CREATE INDEX "customer_tag_shop_id_state_customer_id_idx" ON "customer_tag"("shop_id", "state", "customer_id");
