-- CreateTable
CREATE TABLE "order_offer_setting" (
    "shop_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT false,
    "discount_bps" INTEGER NOT NULL DEFAULT 0,
    "hours" INTEGER NOT NULL DEFAULT 72,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_offer_setting_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "order_offer" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "discount_bps" INTEGER NOT NULL,
    "variant_ids" TEXT[],
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "discount_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_offer_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateIndex
CREATE INDEX "order_offer_ends_at_idx" ON "order_offer"("ends_at");
