-- CreateTable
CREATE TABLE "segment_fit" (
    "shop_id" UUID NOT NULL,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,
    "buyers" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "recency_cuts" TIMESTAMPTZ(3)[],
    "frequency_cuts" INTEGER[],
    "money_cuts" BIGINT[],
    "sure" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "segment_fit_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "customer_score" (
    "shop_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "orders" INTEGER NOT NULL,
    "spent_minor" BIGINT NOT NULL,
    "first_order_at" TIMESTAMPTZ(3) NOT NULL,
    "last_order_at" TIMESTAMPTZ(3) NOT NULL,
    "recency" SMALLINT NOT NULL,
    "frequency" SMALLINT NOT NULL,
    "money" SMALLINT NOT NULL,
    "sure" DOUBLE PRECISION NOT NULL,
    "group" TEXT NOT NULL,
    "group_since" TIMESTAMPTZ(3) NOT NULL,
    "scored_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_score_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "segment_change" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "from_group" TEXT,
    "to_group" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_change_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "segment_flow" (
    "shop_id" UUID NOT NULL,
    "days" INTEGER NOT NULL,
    "from_group" TEXT NOT NULL,
    "to_group" TEXT NOT NULL,
    "customers" INTEGER NOT NULL,
    "spent_minor" BIGINT NOT NULL,

    CONSTRAINT "segment_flow_pkey" PRIMARY KEY ("shop_id","days","from_group","to_group")
);

-- CreateIndex
CREATE INDEX "customer_score_shop_id_group_idx" ON "customer_score"("shop_id", "group");

-- CreateIndex
CREATE INDEX "segment_change_shop_id_customer_id_idx" ON "segment_change"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "segment_change_shop_id_changed_at_idx" ON "segment_change"("shop_id", "changed_at");
