-- CreateTable
CREATE TABLE "product_change" (
    "shop_id" UUID NOT NULL,
    "product_id" TEXT NOT NULL,
    "changed_in" BIGINT NOT NULL,

    CONSTRAINT "product_change_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateIndex
CREATE INDEX "product_change_shop_id_changed_in_idx" ON "product_change"("shop_id", "changed_in");
