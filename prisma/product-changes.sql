-- Applied after every migration; may run any number of times. Notes in product_change which transaction changed a
-- product last. By triggers, because whoever writes products, now or later, cannot forget it then. One statement notes
-- all of its products in the order of their ids, so that two writers never wait for each other in a circle.
CREATE OR REPLACE FUNCTION note_product_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_change (shop_id, product_id, changed_in)
  SELECT DISTINCT shop_id, id, pg_current_xact_id()::text::bigint FROM changed ORDER BY 1, 2
  ON CONFLICT (shop_id, product_id) DO UPDATE SET changed_in = EXCLUDED.changed_in
    WHERE product_change.changed_in <> EXCLUDED.changed_in;
  RETURN NULL;
END $$;

-- Variants whose product is gone for good, as when a shop is erased, leave nothing behind.
CREATE OR REPLACE FUNCTION note_variant_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_change (shop_id, product_id, changed_in)
  SELECT DISTINCT c.shop_id, c.product_id, pg_current_xact_id()::text::bigint FROM changed c
    JOIN product p ON p.shop_id = c.shop_id AND p.id = c.product_id ORDER BY 1, 2
  ON CONFLICT (shop_id, product_id) DO UPDATE SET changed_in = EXCLUDED.changed_in
    WHERE product_change.changed_in <> EXCLUDED.changed_in;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER product_inserted AFTER INSERT ON product REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_product_changes();
CREATE OR REPLACE TRIGGER product_updated AFTER UPDATE ON product REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_product_changes();

CREATE OR REPLACE TRIGGER variant_inserted AFTER INSERT ON variant REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_variant_changes();
CREATE OR REPLACE TRIGGER variant_updated AFTER UPDATE ON variant REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_variant_changes();
-- A variant that moves to another product changes the one that it leaves, too.
CREATE OR REPLACE TRIGGER variant_left AFTER UPDATE ON variant REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_variant_changes();
CREATE OR REPLACE TRIGGER variant_deleted AFTER DELETE ON variant REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_variant_changes();
