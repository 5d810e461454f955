-- AlterTable
ALTER TABLE "order" ADD COLUMN     "referral" TEXT;

-- CreateTable
CREATE TABLE "attribution_claim" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attribution_claim_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "attribution_touch" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "programme" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attribution_touch_pkey" PRIMARY KEY ("shop_id","order_id","programme","owner_id","how")
);

-- CreateTable
CREATE TABLE "identity_key" (
    "shop_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "subject" TEXT NOT NULL,

    CONSTRAINT "identity_key_pkey" PRIMARY KEY ("shop_id","kind","hash","subject")
);

-- CreateTable
CREATE TABLE "mail_contact" (
    "shop_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "email_hash" TEXT,
    "sealed" TEXT,
    "marketing" TEXT NOT NULL,
    "locale" TEXT,
    "time_zone" TEXT,
    "platform_updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_contact_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "mail" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "template" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "customer_id" TEXT,
    "email_hash" TEXT,
    "to_sealed" TEXT,
    "data_sealed" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "detail" TEXT,
    "language" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "claims" INTEGER NOT NULL DEFAULT 0,
    "deferrals" INTEGER NOT NULL DEFAULT 0,
    "handed_over_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "reported" TEXT,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "mail_preference" (
    "shop_id" UUID NOT NULL,
    "email_hash" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "allowed" BOOLEAN NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_preference_pkey" PRIMARY KEY ("shop_id","email_hash","topic")
);

-- CreateTable
CREATE TABLE "mail_suppression" (
    "shop_id" UUID NOT NULL,
    "email_hash" TEXT NOT NULL,
    "sealed" TEXT,
    "reason" TEXT NOT NULL,
    "detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_suppression_pkey" PRIMARY KEY ("shop_id","email_hash")
);

-- CreateTable
CREATE TABLE "mail_setting" (
    "shop_id" UUID NOT NULL,
    "settings" JSONB NOT NULL,

    CONSTRAINT "mail_setting_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "mail_template" (
    "shop_id" UUID NOT NULL,
    "template" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "words" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "mail_template_pkey" PRIMARY KEY ("shop_id","template")
);

-- CreateTable
CREATE TABLE "referral_programme" (
    "shop_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT false,
    "terms" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_programme_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "referral_advocate" (
    "shop_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" TEXT,
    "code" TEXT NOT NULL,
    "code_round" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_advocate_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "referral_old_code" (
    "shop_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "advocate_id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_old_code_pkey" PRIMARY KEY ("shop_id","code")
);

-- CreateTable
CREATE TABLE "referral_day" (
    "shop_id" UUID NOT NULL,
    "advocate_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "shares" INTEGER NOT NULL DEFAULT 0,
    "clicks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "referral_day_pkey" PRIMARY KEY ("shop_id","advocate_id","day")
);

-- CreateTable
CREATE TABLE "referral_binding" (
    "shop_id" UUID NOT NULL,
    "visitor" TEXT NOT NULL,
    "advocate_id" UUID NOT NULL,
    "bound_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_binding_pkey" PRIMARY KEY ("shop_id","visitor")
);

-- CreateTable
CREATE TABLE "referral" (
    "shop_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "advocate_id" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "terms" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "decision" TEXT,
    "verdict" JSONB,
    "overruled" TEXT,
    "friend_no" INTEGER,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "posted" JSONB,
    "round" INTEGER NOT NULL DEFAULT 0,
    "check_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "appeal" TEXT,
    "appealed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "referral_step" (
    "shop_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "order_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "referral_step_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "attribution_claim_shop_id_programme_owner_id_idx" ON "attribution_claim"("shop_id", "programme", "owner_id");

-- CreateIndex
CREATE INDEX "identity_key_shop_id_subject_idx" ON "identity_key"("shop_id", "subject");

-- CreateIndex
CREATE INDEX "mail_contact_shop_id_email_hash_idx" ON "mail_contact"("shop_id", "email_hash");

-- CreateIndex
CREATE INDEX "mail_due_at_idx" ON "mail"("due_at");

-- CreateIndex
CREATE INDEX "mail_shop_id_due_at_idx" ON "mail"("shop_id", "due_at");

-- CreateIndex
CREATE INDEX "mail_shop_id_state_id_idx" ON "mail"("shop_id", "state", "id");

-- CreateIndex
CREATE INDEX "mail_shop_id_customer_id_idx" ON "mail"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "mail_shop_id_email_hash_idx" ON "mail"("shop_id", "email_hash");

-- CreateIndex
CREATE UNIQUE INDEX "mail_shop_id_source_kind_source_id_purpose_key" ON "mail"("shop_id", "source_kind", "source_id", "purpose");

-- CreateIndex
CREATE INDEX "mail_suppression_shop_id_created_at_idx" ON "mail_suppression"("shop_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_advocate_shop_id_customer_id_key" ON "referral_advocate"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "referral_advocate_shop_id_code_key" ON "referral_advocate"("shop_id", "code");

-- CreateIndex
CREATE INDEX "referral_old_code_shop_id_advocate_id_idx" ON "referral_old_code"("shop_id", "advocate_id");

-- CreateIndex
CREATE INDEX "referral_day_shop_id_day_idx" ON "referral_day"("shop_id", "day");

-- CreateIndex
CREATE INDEX "referral_binding_shop_id_bound_at_idx" ON "referral_binding"("shop_id", "bound_at");

-- CreateIndex
CREATE INDEX "referral_shop_id_advocate_id_placed_at_idx" ON "referral"("shop_id", "advocate_id", "placed_at");

-- CreateIndex
CREATE INDEX "referral_shop_id_state_placed_at_idx" ON "referral"("shop_id", "state", "placed_at");

-- CreateIndex
CREATE INDEX "referral_check_at_idx" ON "referral"("check_at");

-- CreateIndex
CREATE INDEX "referral_step_shop_id_order_id_idx" ON "referral_step"("shop_id", "order_id");
