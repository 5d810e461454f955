-- Friends whose advocates nobody could be compared with are judged once more: by the account's address, or they wait.
SET app.shop_id = '*';
UPDATE "referral" r SET "verdict" = NULL, "check_at" = now(), "version" = r."version" + 1
FROM "referral_advocate" a
WHERE a."shop_id" = r."shop_id" AND a."id" = r."advocate_id" AND a."customer_id" IS NOT NULL
  AND r."state" IN ('pending', 'held') AND r."overruled" IS NULL AND NOT EXISTS (
    SELECT 1 FROM "identity_key" k
    WHERE k."shop_id" = a."shop_id" AND k."subject" = 'c:' || a."customer_id" AND k."kind" <> 'name');
RESET app.shop_id;
