-- CreateTable
CREATE TABLE "arrival" (
    "shop_id" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "arrived_at" TIMESTAMPTZ(3) NOT NULL,
    "late_seconds" INTEGER NOT NULL,
    "way" TEXT NOT NULL,
    "told" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "arrival_pkey" PRIMARY KEY ("shop_id","resource","record_id","changed_at")
);

-- CreateIndex
CREATE INDEX "arrival_shop_id_arrived_at_idx" ON "arrival"("shop_id", "arrived_at");

-- CreateIndex
CREATE INDEX "arrival_arrived_at_idx" ON "arrival"("arrived_at");
