-- AlterTable
ALTER TABLE "split_test" ADD COLUMN     "currency" TEXT;
