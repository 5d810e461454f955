-- DropIndex
DROP INDEX "customer_score_shop_id_group_idx";
