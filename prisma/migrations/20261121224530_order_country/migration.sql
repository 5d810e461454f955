-- AlterTable
ALTER TABLE "order" ADD COLUMN     "country" TEXT;
