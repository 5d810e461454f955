-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "shop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "stage" TEXT NOT NULL DEFAULT '',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "cursor" JSONB NOT NULL DEFAULT '{}',
    "result" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bundle" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "discount_type" TEXT NOT NULL,
    "discount_value" BIGINT NOT NULL,
    "pick_count" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "bundle_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "bundle_item" (
    "shop_id" UUID NOT NULL,
    "bundle_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "product_id" TEXT NOT NULL,
    "variant_id" TEXT,
    "quantity" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "bundle_item_pkey" PRIMARY KEY ("shop_id","bundle_id","position")
);

-- CreateTable
CREATE TABLE "product" (
    "shop_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "product_type" TEXT NOT NULL DEFAULT '',
    "vendor" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[],
    "collection_ids" TEXT[],
    "status" TEXT NOT NULL,
    "published" BOOLEAN NOT NULL,
    "gift_card" BOOLEAN NOT NULL DEFAULT false,
    "image_url" TEXT,
    "platform_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "platform_created_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "product_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "variant" (
    "shop_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 1,
    "price_minor" BIGINT NOT NULL,
    "compare_at_minor" BIGINT,
    "cost_minor" BIGINT,
    "stock" INTEGER,
    "sell_when_out_of_stock" BOOLEAN NOT NULL DEFAULT false,
    "image_url" TEXT,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "collection" (
    "shop_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "collection_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "customer" (
    "shop_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "email_hash" TEXT,
    "locale" TEXT,
    "tags" TEXT[],
    "platform_created_at" TIMESTAMPTZ(3) NOT NULL,
    "platform_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "experiment" (
    "shop_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "holdout_bps" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("shop_id","key","started_at")
);

-- CreateTable
CREATE TABLE "exposure" (
    "shop_id" UUID NOT NULL,
    "experiment" TEXT NOT NULL,
    "visitor_id" TEXT NOT NULL,
    "arm" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exposure_pkey" PRIMARY KEY ("shop_id","experiment","visitor_id")
);

-- CreateTable
CREATE TABLE "webhook_inbox" (
    "id" BIGSERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "delivery_id" TEXT NOT NULL,
    "shop_domain" TEXT NOT NULL,
    "shop_id" UUID,
    "topic" TEXT NOT NULL,
    "api_version" TEXT NOT NULL DEFAULT '',
    "triggered_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow_step" (
    "shop_id" UUID NOT NULL,
    "event_key" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "flow_step_pkey" PRIMARY KEY ("shop_id","event_key","step")
);

-- CreateTable
CREATE TABLE "order" (
    "shop_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "customer_id" TEXT,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "platform_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "currency" TEXT NOT NULL,
    "subtotal_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "visitor_id" TEXT,
    "test" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "order_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "product_id" TEXT,
    "variant_id" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "quantity" INTEGER NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "refunded_quantity" INTEGER NOT NULL DEFAULT 0,
    "bundle_id" UUID,
    "source" TEXT,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "recommendation_version" (
    "shop_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "stats" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "active_at" TIMESTAMPTZ(3),

    CONSTRAINT "recommendation_version_pkey" PRIMARY KEY ("shop_id","version")
);

-- CreateTable
CREATE TABLE "recommendation" (
    "shop_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "surface" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "items" JSONB NOT NULL,

    CONSTRAINT "recommendation_pkey" PRIMARY KEY ("shop_id","version","surface","subject_id")
);

-- CreateTable
CREATE TABLE "recommendation_publication" (
    "shop_id" UUID NOT NULL,
    "product_id" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recommendation_publication_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "status" TEXT NOT NULL DEFAULT 'installed',
    "scopes" TEXT[],
    "settings" JSONB NOT NULL DEFAULT '{}',
    "platform_state" JSONB NOT NULL DEFAULT '{}',
    "setup" JSONB NOT NULL DEFAULT '{}',
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shopify_session" (
    "id" TEXT NOT NULL,
    "shop_id" UUID NOT NULL,
    "shop_domain" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT '',
    "is_online" BOOLEAN NOT NULL,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "access_token_sealed" TEXT,
    "refresh_token_sealed" TEXT,
    "refresh_token_expires" TIMESTAMPTZ(3),
    "user_id" TEXT,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shopify_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signal" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "visitor_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "kind" TEXT NOT NULL,
    "product_id" TEXT,
    "query" TEXT,
    "quantity" INTEGER,
    "surface" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "signal_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "run_shop_id_created_at_idx" ON "run"("shop_id", "created_at");

-- CreateIndex
CREATE INDEX "run_status_heartbeat_at_idx" ON "run"("status", "heartbeat_at");

-- CreateIndex
CREATE INDEX "bundle_shop_id_status_idx" ON "bundle"("shop_id", "status");

-- CreateIndex
CREATE INDEX "bundle_item_shop_id_product_id_idx" ON "bundle_item"("shop_id", "product_id");

-- CreateIndex
CREATE INDEX "product_shop_id_title_idx" ON "product"("shop_id", "title");

-- CreateIndex
CREATE INDEX "product_shop_id_handle_idx" ON "product"("shop_id", "handle");

-- CreateIndex
CREATE INDEX "variant_shop_id_product_id_idx" ON "variant"("shop_id", "product_id");

-- CreateIndex
CREATE INDEX "customer_shop_id_email_hash_idx" ON "customer"("shop_id", "email_hash");

-- CreateIndex
CREATE INDEX "exposure_shop_id_experiment_first_seen_at_idx" ON "exposure"("shop_id", "experiment", "first_seen_at");

-- CreateIndex
CREATE INDEX "webhook_inbox_status_received_at_idx" ON "webhook_inbox"("status", "received_at");

-- CreateIndex
CREATE INDEX "webhook_inbox_shop_id_received_at_idx" ON "webhook_inbox"("shop_id", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_inbox_platform_delivery_id_key" ON "webhook_inbox"("platform", "delivery_id");

-- CreateIndex
CREATE INDEX "order_shop_id_placed_at_idx" ON "order"("shop_id", "placed_at");

-- CreateIndex
CREATE INDEX "order_shop_id_customer_id_idx" ON "order"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "order_line_shop_id_product_id_idx" ON "order_line"("shop_id", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "shop_platform_domain_key" ON "shop"("platform", "domain");

-- CreateIndex
CREATE INDEX "shopify_session_shop_id_idx" ON "shopify_session"("shop_id");

-- CreateIndex
CREATE INDEX "signal_shop_id_occurred_at_idx" ON "signal"("shop_id", "occurred_at");

-- CreateIndex
CREATE INDEX "signal_shop_id_visitor_id_idx" ON "signal"("shop_id", "visitor_id");
