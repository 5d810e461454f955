-- CreateTable
CREATE TABLE "bundle_idea" (
    "shop_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "product_ids" TEXT[],
    "evidence" JSONB NOT NULL,
    "rank" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "bundle_id" UUID,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bundle_idea_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "bundle_idea_search" (
    "shop_id" UUID NOT NULL,
    "assumptions" JSONB NOT NULL DEFAULT '{}',
    "report" JSONB,
    "searched_at" TIMESTAMPTZ(3),

    CONSTRAINT "bundle_idea_search_pkey" PRIMARY KEY ("shop_id")
);
