-- AlterTable
ALTER TABLE "segment_change" ADD COLUMN     "changed_in" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "segment" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "tag" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "filled_revision" INTEGER NOT NULL DEFAULT 0,
    "filled_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "segment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "segment_member" (
    "shop_id" UUID NOT NULL,
    "segment_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_member_pkey" PRIMARY KEY ("shop_id","segment_id","customer_id")
);

-- CreateTable
CREATE TABLE "segment_tag" (
    "shop_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "tagged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_tag_pkey" PRIMARY KEY ("shop_id","tag","customer_id")
);

-- CreateIndex
CREATE INDEX "segment_member_shop_id_customer_id_idx" ON "segment_member"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "segment_tag_shop_id_customer_id_idx" ON "segment_tag"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "segment_change_shop_id_changed_in_id_idx" ON "segment_change"("shop_id", "changed_in", "id");
