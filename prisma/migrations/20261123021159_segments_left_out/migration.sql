-- AlterTable
ALTER TABLE "segment_fit" ADD COLUMN     "left_out" JSONB;
