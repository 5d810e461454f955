-- AlterTable
ALTER TABLE "referral_advocate" ADD COLUMN     "pauses" JSONB NOT NULL DEFAULT '[]';
