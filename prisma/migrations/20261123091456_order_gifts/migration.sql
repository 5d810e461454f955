-- AlterTable
ALTER TABLE "exposure" ADD COLUMN     "crowd" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "order" ADD COLUMN     "gifts" JSONB;
