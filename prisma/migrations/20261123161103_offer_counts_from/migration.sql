-- AlterTable
ALTER TABLE "personal_offer" ADD COLUMN     "counts_from" TIMESTAMPTZ(3);
