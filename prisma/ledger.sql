-- Applied after every migration; may run any number of times. What keeps the ledger true whoever writes to it: a
-- transaction ends balanced or not at all, nothing that was posted changes, and balances are what was posted.

-- Takes postings in: the balances of their accounts and lots follow. A transaction that is complete takes no more, and
-- only where an account is left in debt is it asked whose postings those are. Plans are made as in whoever posts.
CREATE OR REPLACE FUNCTION ledger_take_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d record;
  owes boolean;
  debts boolean := false;
  refused record;
BEGIN
  FOR d IN
    SELECT shop_id, account_id, lot_id, grouping(account_id) = 0 AS of_account,
      coalesce(sum(amount) FILTER (WHERE bucket = 'available'), 0)::bigint AS available,
      coalesce(sum(amount) FILTER (WHERE bucket = 'pending'), 0)::bigint AS pending,
      coalesce(sum(amount) FILTER (WHERE bucket = 'held'), 0)::bigint AS held
    FROM fresh WHERE bucket IN ('available', 'pending', 'held') GROUP BY GROUPING SETS ((1, 2), (1, 3))
  LOOP
    IF d.of_account THEN
      UPDATE ledger_account a
      SET available = a.available + d.available, pending = a.pending + d.pending, held = a.held + d.held
      WHERE a.shop_id = d.shop_id AND a.id = d.account_id AND a.owner_kind <> 'programme'
      RETURNING a.available < 0 INTO owes;
      debts := debts OR owes IS TRUE;
    ELSIF d.lot_id IS NOT NULL THEN
      UPDATE ledger_lot l
      SET available = l.available + d.available, pending = l.pending + d.pending, held = l.held + d.held, version = l.version + 1
      WHERE l.shop_id = d.shop_id AND l.id = d.lot_id;
    END IF;
  END LOOP;
  SELECT f.transaction_id, t.entries INTO refused
  FROM fresh f
  LEFT JOIN LATERAL (
    SELECT o.entries FROM ledger_transaction o WHERE o.shop_id = f.shop_id AND o.id = f.transaction_id OFFSET 0
  ) t ON true
  WHERE t.entries IS NULL OR f.entry > t.entries LIMIT 1;
  IF FOUND THEN
    IF refused.entries IS NULL THEN
      RAISE EXCEPTION 'ledger: there is no transaction % to post to', refused.transaction_id USING ERRCODE = 'foreign_key_violation';
    END IF;
    RAISE EXCEPTION 'ledger: transaction % is complete and takes no more postings', refused.transaction_id USING ERRCODE = 'check_violation';
  END IF;
  IF NOT debts THEN RETURN NULL; END IF;
  SELECT f.transaction_id, a.available INTO refused
  FROM fresh f
  CROSS JOIN LATERAL (
    SELECT o.available, o.owner_kind FROM ledger_account o WHERE o.shop_id = f.shop_id AND o.id = f.account_id OFFSET 0
  ) a
  LEFT JOIN LATERAL (
    SELECT o.overdraft FROM ledger_transaction o WHERE o.shop_id = f.shop_id AND o.id = f.transaction_id OFFSET 0
  ) t ON true
  WHERE f.bucket = 'available' AND f.amount < 0 AND a.available < 0 AND a.owner_kind <> 'programme' AND NOT coalesce(t.overdraft, false)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'ledger: transaction % would leave % available', refused.transaction_id, refused.available USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- At the end of the database transaction: every posting is there, on an account and lot of the shop that it fits, and
-- each unit adds up to zero.
CREATE OR REPLACE FUNCTION ledger_require_whole() RETURNS trigger LANGUAGE plpgsql
SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off AS $$
DECLARE
  whole boolean;
BEGIN
  SELECT sum(u.postings) = NEW.entries AND max(u.last) = NEW.entries AND bool_and(u.balanced AND u.fits) INTO whole
  FROM (
    SELECT count(*) AS postings, max(p.entry) AS last, sum(p.amount) = 0 AS balanced,
      bool_and(p.at = NEW.at AND (p.lot_id IS NULL OR l.id IS NOT NULL)
        AND CASE WHEN p.bucket IN ('available', 'pending', 'held') THEN a.owner_kind <> 'programme' AND (l.id IS NULL OR l.account_id = a.id)
            ELSE a.owner_kind = 'programme' AND p.bucket IN ('issued', 'redeemed', 'expired', 'adjusted', 'forfeited') END) AS fits
    FROM ledger_posting p
    CROSS JOIN LATERAL (
      SELECT o.id, o.owner_kind, o.unit FROM ledger_account o WHERE o.shop_id = NEW.shop_id AND o.id = p.account_id OFFSET 0
    ) a
    LEFT JOIN LATERAL (
      SELECT o.id, o.account_id FROM ledger_lot o WHERE o.shop_id = NEW.shop_id AND o.id = p.lot_id OFFSET 0
    ) l ON true
    WHERE p.shop_id = NEW.shop_id AND p.transaction_id = NEW.id
    GROUP BY a.unit
  ) u;
  IF whole IS NOT TRUE THEN
    RAISE EXCEPTION 'ledger: transaction % is not balanced or not complete', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: % is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

-- Nothing goes but the whole tenant, whose row went before.
CREATE OR REPLACE FUNCTION ledger_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM shop WHERE id = OLD.shop_id) THEN
    RAISE EXCEPTION 'ledger: nothing is deleted from %', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;

CREATE OR REPLACE FUNCTION ledger_refuse_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: balances are what was posted, and % changes by postings alone', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE OR REPLACE TRIGGER ledger_posting_taken AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_take_postings();
CREATE OR REPLACE TRIGGER ledger_posting_unchanged BEFORE UPDATE ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE OR REPLACE TRIGGER ledger_posting_kept BEFORE DELETE ON ledger_posting
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_removal();
CREATE OR REPLACE TRIGGER ledger_transaction_unchanged BEFORE UPDATE ON ledger_transaction
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE OR REPLACE TRIGGER ledger_transaction_kept BEFORE DELETE ON ledger_transaction
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_removal();
-- Accounts and lots begin empty, and their balances change by postings alone: that is, by another trigger.
DROP TRIGGER IF EXISTS ledger_account_true ON ledger_account;
CREATE OR REPLACE TRIGGER ledger_account_empty BEFORE INSERT ON ledger_account
  FOR EACH ROW WHEN (NEW.available <> 0 OR NEW.pending <> 0 OR NEW.held <> 0) EXECUTE FUNCTION ledger_refuse_balance();
CREATE OR REPLACE TRIGGER ledger_account_true BEFORE UPDATE ON ledger_account
  FOR EACH ROW WHEN (NEW.shop_id <> OLD.shop_id OR NEW.id <> OLD.id OR NEW.owner_kind <> OLD.owner_kind OR NEW.unit <> OLD.unit
    OR pg_trigger_depth() = 0 AND (NEW.available <> OLD.available OR NEW.pending <> OLD.pending OR NEW.held <> OLD.held))
  EXECUTE FUNCTION ledger_refuse_balance();
CREATE OR REPLACE TRIGGER ledger_account_kept BEFORE DELETE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_removal();
DROP TRIGGER IF EXISTS ledger_lot_true ON ledger_lot;
CREATE OR REPLACE TRIGGER ledger_lot_empty BEFORE INSERT ON ledger_lot
  FOR EACH ROW WHEN (NEW.available <> 0 OR NEW.pending <> 0 OR NEW.held <> 0 OR NEW.version <> 0) EXECUTE FUNCTION ledger_refuse_balance();
CREATE OR REPLACE TRIGGER ledger_lot_true BEFORE UPDATE ON ledger_lot
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse_balance();
CREATE OR REPLACE TRIGGER ledger_lot_kept BEFORE DELETE ON ledger_lot
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_removal();

DO $$
BEGIN
  -- There is no CREATE OR REPLACE for a constraint trigger.
  IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'ledger_transaction_whole') THEN
    CREATE CONSTRAINT TRIGGER ledger_transaction_whole AFTER INSERT ON ledger_transaction
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_require_whole();
  END IF;
END $$;

-- The accounts of some owners, opened where they are missing, locked in one order for everybody until the database
-- transaction ends. Each statement in here sees what was committed while the one before it waited. The programme's
-- accounts are not locked. Plans are made as in whoever calls: once, for any owners; by looking each of them up in an
-- index, which holds however small the tables were then, or are thought to be. These settings cost time in each function
-- that names them, so that only what is called from outside does.
CREATE OR REPLACE FUNCTION ledger_lock(for_shop uuid, kinds text[], owners text[], units text[], opened timestamptz)
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
  own bigint[];
  one bigint;
  goes_on bigint;
  moved boolean;
  -- Who alone is asked for is locked where they are found.
  alone boolean := cardinality(array_remove(kinds, 'programme')) = 1;
BEGIN
  LOOP
    ids := '{}';
    own := '{}';
    FOR n IN 1 .. cardinality(kinds) LOOP
      IF alone AND kinds[n] <> 'programme' THEN
        SELECT a.id INTO one FROM ledger_account a
        WHERE a.shop_id = for_shop AND a.owner_kind = kinds[n] AND a.owner_id = owners[n] AND a.unit = units[n] AND a.merged_into IS NULL
        FOR UPDATE;
        alone := FOUND;
        IF FOUND THEN
          ids := ids || one;
          CONTINUE;
        END IF;
      END IF;
      SELECT coalesce(a.merged_into, a.id) INTO one FROM ledger_account a
      WHERE a.shop_id = for_shop AND a.owner_kind = kinds[n] AND a.owner_id = owners[n] AND a.unit = units[n];
      ids := ids || one;
      IF kinds[n] <> 'programme' THEN own := own || one; END IF;
    END LOOP;
    IF array_position(ids, NULL) IS NOT NULL THEN
      INSERT INTO ledger_account (shop_id, owner_kind, owner_id, unit, opened_at)
      SELECT DISTINCT for_shop, o.kind, o.name, o.unit, opened FROM unnest(kinds, owners, units) AS o(kind, name, unit)
      ORDER BY 2, 3, 4
      ON CONFLICT (shop_id, owner_kind, owner_id, unit) DO NOTHING;
      CONTINUE;
    END IF;
    moved := false;
    IF cardinality(own) > 1 THEN own := ARRAY(SELECT DISTINCT i FROM unnest(own) AS i ORDER BY 1); END IF;
    FOREACH one IN ARRAY own LOOP
      SELECT merged_into INTO goes_on FROM ledger_account WHERE shop_id = for_shop AND id = one FOR UPDATE;
      moved := moved OR goes_on IS NOT NULL;
    END LOOP;
    -- Who was merged while we waited has another account now.
    EXIT WHEN NOT moved;
  END LOOP;
  RETURN ids;
END $$;

-- Accounts that are locked, with the lots that hold something; and what was posted for each source before.
CREATE OR REPLACE FUNCTION ledger_read(for_shop uuid, ids bigint[], source_kinds text[], source_ids text[], purposes text[])
RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  RETURN jsonb_build_object(
    'accounts', (
      SELECT jsonb_agg(jsonb_build_object('id', a.id, 'available', a.available, 'pending', a.pending, 'held', a.held, 'lots',
        (SELECT coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'origin', l.origin_id, 'vestAt', l.vest_at,
           'expiresAt', l.expires_at, 'available', l.available, 'pending', l.pending, 'held', l.held, 'version', l.version)
           ORDER BY l.expires_at NULLS LAST, l.vest_at, l.id), '[]')
         FROM ledger_lot l WHERE l.shop_id = for_shop AND l.account_id = o.id AND (l.available > 0 OR l.pending > 0 OR l.held > 0)))
        ORDER BY o.n)
      FROM unnest(ids) WITH ORDINALITY AS o(id, n)
      CROSS JOIN LATERAL (SELECT f.* FROM ledger_account f WHERE f.shop_id = for_shop AND f.id = o.id OFFSET 0) a),
    'existing', (
      SELECT coalesce(jsonb_agg(CASE WHEN t.id IS NULL THEN 'null'::jsonb ELSE jsonb_build_object('id', t.id, 'operation', t.operation,
        'account', coalesce(a.merged_into, a.id), 'amount', t.amount, 'related', t.related_id) END ORDER BY s.n), '[]')
      FROM unnest(source_kinds, source_ids, purposes) WITH ORDINALITY AS s(kind, id, purpose, n)
      LEFT JOIN LATERAL (
        SELECT f.* FROM ledger_transaction f
        WHERE f.shop_id = for_shop AND f.source_kind = s.kind AND f.source_id = s.id AND f.purpose = s.purpose OFFSET 0
      ) t ON true
      LEFT JOIN LATERAL (SELECT f.* FROM ledger_account f WHERE f.shop_id = for_shop AND f.id = t.account_id OFFSET 0) a ON true)
  );
END $$;

DROP FUNCTION IF EXISTS ledger_open(uuid, text[], text[], text[], text[], timestamptz);
CREATE OR REPLACE FUNCTION ledger_open(for_shop uuid, kinds text[], owners text[], units text[],
  source_kinds text[], source_ids text[], purposes text[], opened timestamptz)
RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off AS $$
BEGIN
  RETURN ledger_read(for_shop, ledger_lock(for_shop, kinds, owners, units, opened), source_kinds, source_ids, purposes);
END $$;

-- One of `ledger_write`, in plain statements: to start the large one takes longer than what it does.
CREATE OR REPLACE FUNCTION ledger_write_one(for_shop uuid, sole jsonb, accounts bigint[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz;
  written bigint;
  lot jsonb;
  opened bigint;
  lots bigint[];
BEGIN
  moment := (sole->>'at')::timestamptz;
  INSERT INTO ledger_transaction (shop_id, operation, source_kind, source_id, purpose, account_id, amount, entries, overdraft, related_id, details, at)
  VALUES (for_shop, sole->>'operation', sole->'source'->>'kind', sole->'source'->>'id', sole->'source'->>'purpose', CASE WHEN accounts IS NULL THEN (sole->>'account')::bigint ELSE accounts[(sole->>'account')::int] END,
    (sole->>'amount')::bigint, jsonb_array_length(sole->'postings'), (sole->>'overdraft')::boolean, (sole->>'related')::bigint, sole->'details', moment)
  ON CONFLICT (shop_id, source_kind, source_id, purpose) DO NOTHING
  RETURNING id INTO written;
  IF written IS NULL THEN RETURN NULL; END IF;
  FOR n IN 0 .. jsonb_array_length(sole->'lots') - 1 LOOP
    lot := sole->'lots'->n;
    INSERT INTO ledger_lot (shop_id, account_id, transaction_id, origin_id, vest_at, expires_at)
    VALUES (for_shop, CASE WHEN accounts IS NULL THEN (lot->>'account')::bigint ELSE accounts[(lot->>'account')::int] END, written,
      (lot->>'origin')::bigint, (lot->>'vestAt')::timestamptz, (lot->>'expiresAt')::timestamptz)
    RETURNING id INTO opened;
    lots := lots || opened;
  END LOOP;
  INSERT INTO ledger_posting (shop_id, transaction_id, entry, account_id, bucket, amount, lot_id, at)
  SELECT for_shop, written, p.entry, CASE WHEN accounts IS NULL THEN (p.posting->>'account')::bigint ELSE accounts[(p.posting->>'account')::int] END, p.posting->>'bucket', (p.posting->>'amount')::bigint,
    CASE WHEN (p.posting->>'lot')::bigint > 0 THEN (p.posting->>'lot')::bigint ELSE lots[-(p.posting->>'lot')::int] END, moment
  FROM jsonb_array_elements(sole->'postings') WITH ORDINALITY AS p(posting, entry);
  RETURN written;
END $$;

-- Writes transactions with their postings and the lots that these open, counted through all of them: a posting to lot -1
-- is one to the first of these. Accounts are named by id, or by their place in `accounts` where these are given. The id of
-- each transaction, null where its source has one.
DROP FUNCTION IF EXISTS ledger_write(uuid, jsonb);
CREATE OR REPLACE FUNCTION ledger_write(for_shop uuid, transactions jsonb, accounts bigint[])
RETURNS bigint[] LANGUAGE plpgsql SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off AS $$
DECLARE
  ids bigint[];
BEGIN
  IF jsonb_array_length(transactions) = 1 THEN
    RETURN ARRAY[ledger_write_one(for_shop, transactions->0, accounts)];
  END IF;
  WITH given AS MATERIALIZED (
    SELECT g.n, g.t, nextval('ledger_transaction_id_seq') AS id
    FROM jsonb_array_elements(transactions) WITH ORDINALITY AS g(t, n)
  ), made AS (
    INSERT INTO ledger_transaction (shop_id, id, operation, source_kind, source_id, purpose, account_id, amount, entries, overdraft, related_id, details, at)
    SELECT for_shop, id, t->>'operation', t->'source'->>'kind', t->'source'->>'id', t->'source'->>'purpose', CASE WHEN accounts IS NULL THEN (t->>'account')::bigint ELSE accounts[(t->>'account')::int] END,
      (t->>'amount')::bigint, jsonb_array_length(t->'postings'), (t->>'overdraft')::boolean, (t->>'related')::bigint, t->'details', (t->>'at')::timestamptz
    FROM given ORDER BY n
    ON CONFLICT (shop_id, source_kind, source_id, purpose) DO NOTHING
    RETURNING id
  ), lots AS MATERIALIZED (
    SELECT given.id AS transaction_id, row_number() OVER (ORDER BY given.n, l.n) AS number, l.lot, nextval('ledger_lot_id_seq') AS id
    FROM given CROSS JOIN LATERAL jsonb_array_elements(given.t->'lots') WITH ORDINALITY AS l(lot, n)
  ), opened AS (
    INSERT INTO ledger_lot (shop_id, id, account_id, transaction_id, origin_id, vest_at, expires_at)
    SELECT for_shop, lots.id, CASE WHEN accounts IS NULL THEN (lot->>'account')::bigint ELSE accounts[(lot->>'account')::int] END, transaction_id, (lot->>'origin')::bigint, (lot->>'vestAt')::timestamptz, (lot->>'expiresAt')::timestamptz
    FROM lots JOIN made ON made.id = lots.transaction_id
  ), posted AS (
    INSERT INTO ledger_posting (shop_id, transaction_id, entry, account_id, bucket, amount, lot_id, at)
    SELECT for_shop, given.id, p.entry, CASE WHEN accounts IS NULL THEN (p.posting->>'account')::bigint ELSE accounts[(p.posting->>'account')::int] END, p.posting->>'bucket', (p.posting->>'amount')::bigint,
      CASE WHEN (p.posting->>'lot')::bigint > 0 THEN (p.posting->>'lot')::bigint ELSE lots.id END, (given.t->>'at')::timestamptz
    FROM given JOIN made USING (id)
    CROSS JOIN LATERAL jsonb_array_elements(given.t->'postings') WITH ORDINALITY AS p(posting, entry)
    LEFT JOIN lots ON lots.number = -(p.posting->>'lot')::bigint
  )
  SELECT array_agg(made.id ORDER BY given.n) INTO ids FROM given LEFT JOIN made USING (id);
  RETURN ids;
END $$;

-- Writes transactions that were drafted for accounts which owe nothing and in which nothing is due, where that is so and no
-- source is taken; `ids` says which. Where it is not, writes nothing and reads what there is, for another draft. Either way
-- the accounts are locked.
CREATE OR REPLACE FUNCTION ledger_post(for_shop uuid, kinds text[], owners text[], units text[],
  source_kinds text[], source_ids text[], purposes text[], moment timestamptz, transactions jsonb)
RETURNS jsonb LANGUAGE plpgsql SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off AS $$
DECLARE
  ids bigint[] := ledger_lock(for_shop, kinds, owners, units, moment);
  written bigint[];
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_account a WHERE a.shop_id = for_shop AND a.id = ANY (ids) AND a.available < 0)
    OR EXISTS (
      SELECT 1 FROM (
        SELECT l.* FROM ledger_lot l
        WHERE l.shop_id = for_shop AND l.account_id = ANY (ids) AND (l.available > 0 OR l.pending > 0 OR l.held > 0) OFFSET 0
      ) l WHERE l.pending > 0 AND l.vest_at <= moment OR l.available > 0 AND l.expires_at <= moment)
    OR cardinality(source_ids) > 1 AND EXISTS (
      SELECT 1 FROM unnest(source_kinds, source_ids, purposes) AS s(kind, id, purpose) CROSS JOIN LATERAL (
        SELECT 1 FROM ledger_transaction t
        WHERE t.shop_id = for_shop AND t.source_kind = s.kind AND t.source_id = s.id AND t.purpose = s.purpose OFFSET 0) t)
  THEN
    RETURN ledger_read(for_shop, ids, source_kinds, source_ids, purposes);
  END IF;
  IF cardinality(source_ids) = 1 THEN
    written := ARRAY[ledger_write_one(for_shop, transactions->0, ids)];
  ELSE
    written := ledger_write(for_shop, transactions, ids);
  END IF;
  -- Of one source the writing itself says that it is taken, and then nothing was written.
  IF cardinality(source_ids) = 1 AND written[1] IS NULL THEN
    RETURN ledger_read(for_shop, ids, source_kinds, source_ids, purposes);
  END IF;
  RETURN jsonb_build_object('ids', to_jsonb(written));
END $$;

DROP FUNCTION IF EXISTS ledger_keep_account();
DROP FUNCTION IF EXISTS ledger_keep_lot();
