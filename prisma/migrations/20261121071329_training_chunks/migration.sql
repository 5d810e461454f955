-- CreateTable
CREATE TABLE "recommendation_snapshot" (
    "shop_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "piece" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "recommendation_snapshot_pkey" PRIMARY KEY ("shop_id","version","piece")
);

-- CreateTable
CREATE TABLE "recommendation_chunk" (
    "shop_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "chunk" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "recommendation_chunk_pkey" PRIMARY KEY ("shop_id","version","chunk")
);
