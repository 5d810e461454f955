-- AlterTable
ALTER TABLE "woocommerce_store" ADD COLUMN     "plugin_secret_sealed" TEXT;

-- CreateTable
CREATE TABLE "woocommerce_sign_in" (
    "token_hash" TEXT NOT NULL,
    "shop_id" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "woocommerce_sign_in_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "woocommerce_sign_in_shop_id_idx" ON "woocommerce_sign_in"("shop_id");

-- CreateIndex
CREATE INDEX "woocommerce_sign_in_expires_at_idx" ON "woocommerce_sign_in"("expires_at");
