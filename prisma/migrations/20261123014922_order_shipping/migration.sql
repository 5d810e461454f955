-- AlterTable
ALTER TABLE "order" ADD COLUMN     "shipping_gift_minor" BIGINT,
ADD COLUMN     "shipping_minor" BIGINT,
ADD COLUMN     "shipping_off_minor" BIGINT;
