-- AlterTable
ALTER TABLE "order" ADD COLUMN     "tax_bps" INTEGER;

-- AlterTable
ALTER TABLE "shop" ADD COLUMN     "learnt_tax_bps" INTEGER,
ADD COLUMN     "learnt_tax_orders" INTEGER,
ADD COLUMN     "taxes_included" BOOLEAN;

-- What was entered gets a name of its own: under the former one 0 stood for "nothing entered" as well, and processes from
-- before this go on writing it.
SET app.shop_id = '*';
UPDATE "shop" SET "settings" = "settings" || jsonb_build_object('enteredTaxBps', "settings"->'taxInPricesBps')
WHERE ("settings"->>'taxInPricesBps')::int > 0;
RESET app.shop_id;
