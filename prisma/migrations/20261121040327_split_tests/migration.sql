-- CreateTable
CREATE TABLE "split_test" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL DEFAULT '',
    "arms" JSONB NOT NULL,
    "salt" TEXT NOT NULL,
    "layer" TEXT NOT NULL DEFAULT '',
    "traffic_bps" INTEGER NOT NULL,
    "bucket_from" INTEGER NOT NULL DEFAULT 0,
    "bucket_to" INTEGER NOT NULL DEFAULT 0,
    "effect_bps" INTEGER NOT NULL,
    "planned_visitors" INTEGER NOT NULL DEFAULT 0,
    "product_ids" TEXT[],
    "status" TEXT NOT NULL DEFAULT 'draft',
    "stop_reason" TEXT,
    "applied_arm" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "split_test_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "split_test_reading" (
    "shop_id" UUID NOT NULL,
    "test_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "points" JSONB NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "split_test_reading_pkey" PRIMARY KEY ("shop_id","test_id","day")
);

-- CreateIndex
CREATE INDEX "split_test_shop_id_status_idx" ON "split_test"("shop_id", "status");

-- CreateIndex
CREATE INDEX "split_test_status_idx" ON "split_test"("status");
