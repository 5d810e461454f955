-- AlterTable
ALTER TABLE "bundle" ADD COLUMN     "currency" TEXT;

-- AlterTable
ALTER TABLE "recommendation_rule" ADD COLUMN     "saving_bps" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "recommendation_setting" ADD COLUMN     "surfaces" JSONB NOT NULL DEFAULT '{}';
