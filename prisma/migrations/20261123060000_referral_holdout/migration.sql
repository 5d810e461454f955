-- AlterTable
ALTER TABLE "referral_programme" ADD COLUMN     "begun_at" TIMESTAMPTZ(3),
ADD COLUMN     "holdout_bps" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "holdout_salt" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "holdout_since" TIMESTAMPTZ(3);

-- Programmes that customers have seen began with the first who did.
SET app.shop_id = '*';
UPDATE "referral_programme" p SET "begun_at" = least(p."updated_at",
  (SELECT min(a."created_at") FROM "referral_advocate" a WHERE a."shop_id" = p."shop_id"))
WHERE p."active" OR EXISTS (SELECT 1 FROM "referral_advocate" a WHERE a."shop_id" = p."shop_id");
RESET app.shop_id;
