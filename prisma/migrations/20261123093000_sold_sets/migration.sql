-- AlterTable
ALTER TABLE "bundle_delivery" ADD COLUMN     "sold_bps" INTEGER;

