-- CreateTable
CREATE TABLE "merchant_session" (
    "id" TEXT NOT NULL,
    "shop_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merchant_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "woocommerce_store" (
    "shop_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "permalinks" TEXT NOT NULL DEFAULT 'pretty',
    "keys_in" TEXT NOT NULL DEFAULT 'header',
    "consumer_key_sealed" TEXT NOT NULL,
    "consumer_secret_sealed" TEXT NOT NULL,
    "webhook_secret_sealed" TEXT NOT NULL,
    "connected_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "woocommerce_store_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "woocommerce_connection" (
    "state_hash" TEXT NOT NULL,
    "browser_hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "permalinks" TEXT NOT NULL DEFAULT 'pretty',
    "shop_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "keys_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),

    CONSTRAINT "woocommerce_connection_pkey" PRIMARY KEY ("state_hash")
);

-- CreateIndex
CREATE INDEX "merchant_session_shop_id_idx" ON "merchant_session"("shop_id");

-- CreateIndex
CREATE INDEX "merchant_session_expires_at_idx" ON "merchant_session"("expires_at");

-- CreateIndex
CREATE INDEX "woocommerce_connection_expires_at_idx" ON "woocommerce_connection"("expires_at");

-- CreateIndex
CREATE INDEX "woocommerce_connection_shop_id_idx" ON "woocommerce_connection"("shop_id");
