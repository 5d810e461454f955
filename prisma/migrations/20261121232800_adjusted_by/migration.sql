-- AlterTable
ALTER TABLE "loyalty_adjustment" ADD COLUMN     "by" TEXT NOT NULL DEFAULT '';
