-- AlterTable
ALTER TABLE "order" ADD COLUMN     "goodwill_minor" BIGINT;
