-- AlterTable
ALTER TABLE "loyalty_member" ADD COLUMN     "birthday_told_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "consent" TEXT,
ADD COLUMN     "consent_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "segment_fit" ADD COLUMN     "rates" JSONB NOT NULL DEFAULT '{}';
