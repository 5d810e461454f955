-- CreateTable
CREATE TABLE "checkout_offers" (
    "shop_id" UUID NOT NULL,
    "most_off" JSONB NOT NULL,

    CONSTRAINT "checkout_offers_pkey" PRIMARY KEY ("shop_id")
);

