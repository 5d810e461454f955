-- AlterTable
ALTER TABLE "recommendation_voice" ADD COLUMN     "viewed" BYTEA;
