-- trellis: beside the traffic
-- What codes of a shop take off at most is asked before codes of an offer are made and every ten minutes, and there may be a
-- million codes of a few offers. Prisma's schema has no words for an index of some rows. What it holds must be what
-- readLiveTerms asks for (app/domains/codes/store-largest.ts).
CREATE INDEX CONCURRENTLY "discount_code_live_idx" ON "discount_code"("shop_id", "offer")
  WHERE "state" IN ('wanted', 'open') OR "todo" IS NOT NULL;
