-- CreateTable
CREATE TABLE "bundle_delivery" (
    "shop_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "delivery" TEXT NOT NULL,
    "product_id" TEXT,
    "variant_id" TEXT,
    "operation" TEXT,
    "problem" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bundle_delivery_pkey" PRIMARY KEY ("shop_id","bundle_id")
);
