-- AlterTable
ALTER TABLE "told_customer" ADD COLUMN     "figure" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "loyalty_member" ADD COLUMN     "tier_figure" BIGINT NOT NULL DEFAULT 0;
