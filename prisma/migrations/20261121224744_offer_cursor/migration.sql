-- AlterTable
ALTER TABLE "personal_offer" ADD COLUMN     "cursor" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "filled" BOOLEAN NOT NULL DEFAULT false;
