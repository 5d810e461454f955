-- Codes that ended long ago are looked at no more: what may still be used has an index by its end and one by its shop.
-- Prisma's schema has no words for an index of some rows. The states must be those of expireCodes and findShopsWithOpenCodes
-- (app/domains/codes/store-publish.ts).
DROP INDEX "discount_code_ends_at_idx";
CREATE INDEX "discount_code_ending_idx" ON "discount_code"("ends_at") WHERE "state" IN ('wanted', 'open');
CREATE INDEX "discount_code_usable_idx" ON "discount_code"("shop_id") WHERE "state" IN ('wanted', 'open');
