-- What is due is found without passing over what waits behind it or was done before. Prisma's schema has no words for an
-- expression. It must be the one that takeDueDeliveries orders by (app/domains/inbox/store.ts).
CREATE INDEX "webhook_inbox_due_idx" ON "webhook_inbox"("shop_id", ("topic" ~ '^(product|inventory)'), "id") WHERE "status" = 'pending';
