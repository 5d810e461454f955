-- Applied after every migration; may run any number of times. Covers each table that has a shop_id column,
-- so a new table is protected without anybody remembering to.
DO $$
DECLARE
  target record;
BEGIN
  FOR target IN
    SELECT c.table_name
    FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
    WHERE c.table_schema = 'public' AND c.column_name = 'shop_id' AND t.table_type = 'BASE TABLE'
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', target.table_name);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', target.table_name);
    EXECUTE format('DROP POLICY IF EXISTS shop_isolation ON public.%I', target.table_name);
    -- The sub-selects are evaluated once a statement, not once a row.
    EXECUTE format(
      'CREATE POLICY shop_isolation ON public.%I USING (
         (SELECT current_setting(''app.shop_id'', true)) = ''*''
         OR shop_id = (SELECT nullif(nullif(current_setting(''app.shop_id'', true), ''''), ''*'')::uuid))',
      target.table_name);
  END LOOP;

  ALTER TABLE public.shop ENABLE ROW LEVEL SECURITY;
  ALTER TABLE public.shop FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS shop_isolation ON public.shop;
  CREATE POLICY shop_isolation ON public.shop USING (
    (SELECT current_setting('app.shop_id', true)) = '*'
    OR id = (SELECT nullif(nullif(current_setting('app.shop_id', true), ''), '*')::uuid));
END
$$;
