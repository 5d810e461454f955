-- CreateTable
CREATE TABLE "told_customer" (
    "shop_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "points" BIGINT NOT NULL,
    "tier" TEXT NOT NULL,
    "offers" TEXT[],
    "told_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "told_customer_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "customer_merge" (
    "shop_id" UUID NOT NULL,
    "from_id" TEXT NOT NULL,
    "into_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_merge_pkey" PRIMARY KEY ("shop_id","from_id")
);

-- CreateIndex
CREATE INDEX "customer_merge_shop_id_into_id_idx" ON "customer_merge"("shop_id", "into_id");
