-- AlterTable
ALTER TABLE "bundle" ADD COLUMN     "group_products" JSONB;

