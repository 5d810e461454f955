-- AlterTable
ALTER TABLE "segment_fit" ADD COLUMN     "guests" INTEGER;

-- CreateTable
CREATE TABLE "guest_score" (
    "shop_id" UUID NOT NULL,
    "mailbox" TEXT NOT NULL,
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

    CONSTRAINT "guest_score_pkey" PRIMARY KEY ("shop_id","mailbox")
);
