-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "money_format" JSONB,
ADD COLUMN     "storefront_url" TEXT;
