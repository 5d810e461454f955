-- CreateIndex
CREATE INDEX "run_shop_id_kind_status_created_at_idx" ON "run"("shop_id", "kind", "status", "created_at");
