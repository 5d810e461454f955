-- AlterTable
ALTER TABLE "loyalty_activity" ADD COLUMN     "source_id" UUID,
ADD COLUMN     "taken_back_at" TIMESTAMPTZ(3);
