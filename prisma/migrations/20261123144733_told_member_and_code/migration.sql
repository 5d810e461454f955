-- AlterTable
ALTER TABLE "told_customer" ADD COLUMN     "code" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "member" BOOLEAN NOT NULL DEFAULT false;
