-- Applied after every migration; may run any number of times. Covers each table that has a shop_id column,
-- so a new table is protected without anybody remembering to. What is protected already is left alone: a policy that is
-- made anew keeps everybody from the table for that moment, and whoever reads it keeps the policy waiting.
DO $$
DECLARE
  target record;
  setting constant text := 'current_setting(''app.shop_id'', true)';
  shop constant text := 'nullif(nullif(' || setting || ', ''''), ''*'')::uuid';
  -- Asked in sub-selects, which are evaluated once a statement and not once a row; to prepare them takes as long as a hundred
  -- rows do. In the ledger's own functions a statement means one row, and there the same is asked of each.
  once constant text := '(SELECT ' || setting || ') = ''*'' OR %I = (SELECT ' || shop || ')';
  each constant text := setting || ' = ''*'' OR %I = ' || shop;
  of_ledger constant text[] := ARRAY['ledger_account', 'ledger_lot', 'ledger_transaction', 'ledger_posting'];
  -- What PostgreSQL writes back of these. Where a version of it writes otherwise, policies are made anew each time.
  written_once constant text := '((( SELECT current_setting(''app.shop_id''::text, true) AS current_setting) = ''*''::text) OR (%I = ( SELECT (NULLIF(NULLIF(current_setting(''app.shop_id''::text, true), ''''::text), ''*''::text))::uuid AS "nullif")))';
  written_each constant text := '((current_setting(''app.shop_id''::text, true) = ''*''::text) OR (%I = (NULLIF(NULLIF(current_setting(''app.shop_id''::text, true), ''''::text), ''*''::text))::uuid))';
BEGIN
  FOR target IN
    SELECT t.relname AS table_name, a.attname AS key, CASE WHEN t.relname = ANY (of_ledger) THEN each ELSE once END AS rule
    FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND NOT a.attisdropped
    WHERE t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p')
      AND (a.attname = 'shop_id' OR (t.relname = 'shop' AND a.attname = 'id'))
      AND NOT EXISTS (
        SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'shop_isolation'
          AND t.relrowsecurity AND t.relforcerowsecurity AND p.polcmd = '*' AND p.polpermissive
          AND p.polroles = '{0}' AND p.polwithcheck IS NULL AND pg_get_expr(p.polqual, p.polrelid)
            = format(CASE WHEN t.relname = ANY (of_ledger) THEN written_each ELSE written_once END, a.attname))
    ORDER BY t.relname
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', target.table_name);
    EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', target.table_name);
    EXECUTE format('DROP POLICY IF EXISTS shop_isolation ON public.%I', target.table_name);
    EXECUTE format('CREATE POLICY shop_isolation ON public.%I USING (' || target.rule || ')', target.table_name, target.key);
  END LOOP;
END
$$;
