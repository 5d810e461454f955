-- Whether a shop has codes for shipping is asked each time its guard is written, and there may be a million codes.
-- Prisma's schema has no words for an index of some rows. What it holds must be what hasShippingCodes asks for
-- (app/domains/codes/store-publish.ts).
CREATE INDEX "discount_code_shipping_idx" ON "discount_code"("shop_id")
  WHERE "terms" ->> 'type' = 'free-shipping' AND ("state" IN ('wanted', 'open') OR "todo" IS NOT NULL);
