import type { Database, ShopScope } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { type CustomerVoice, customerVoiceSchema } from './customer-voice.ts';
import { type Head, headSchema } from './head.ts';
import { inOneTrip, type PreparedStatement } from '#app/infra/one-trip.ts';
import { taxOfShop } from '#app/infra/tax-of-shop.ts';
import type { ProductChange } from '../cards/changes.ts';
import { packViewed, unpackRhythm, type Voice, voiceHeadBytes } from './voice.ts';

/** With more changed products than this at once, all of the shop's are read anew. */
const mostChanges = 5_000;
/** No transaction has this number: nothing changed after it. */
const latest = '9223372036854775807';

/** What an answer depends on besides the cart; a change of any number makes older answers unreachable. */
export interface ServingState {
  readonly version: number;
  /** new orders since the training */
  readonly revision: number;
  /** the merchant's rules and settings */
  readonly wishes: number;
  /** in the shop's prices, basis points of a price without it */
  readonly tax: number;
}

const servingState: PreparedStatement = {
  name: 'serving_state',
  types: ['bigint'],
  // Whatever is not finished yet for this statement's snapshot, or begins later, has a number from `position` on. Numbers
  // above the snapshot are of another server that the data was copied from.
  text: `SELECT coalesce((SELECT version FROM recommendation_version WHERE shop_id = $1 AND status = 'active'), 0) AS version,
       coalesce((SELECT revision FROM recommendation_version WHERE shop_id = $1 AND status = 'active'), 0) AS revision,
       coalesce((SELECT revision FROM recommendation_setting WHERE shop_id = $1), 0) AS wishes,
       coalesce((SELECT ${taxOfShop('shop')} FROM shop WHERE id = $1), 0) AS tax,
       pg_snapshot_xmin(pg_current_snapshot())::text AS position,
       (SELECT coalesce(json_agg(json_build_array(c.product_id, c.changed_in::text)), '[]') FROM (SELECT product_id, changed_in
         FROM product_change WHERE shop_id = $1 AND changed_in >= $2 AND changed_in < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
         ORDER BY changed_in LIMIT ${String(mostChanges + 1)}) c) AS changed`,
};

/**
 * Where the shop's answers stand; version 0 before the first training.
 * @param since the position of the reading before: products that changed after it are told. null = none
 */
export async function readServingState(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  since: string | null,
): Promise<{ state: ServingState; position: string; changed: readonly ProductChange[] | null }> {
  const rows = await inOneTrip<ServingState & { position: string; changed: ProductChange[] }>(
    db,
    shopId,
    servingState,
    [since ?? latest],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a statement without a row');
  const { version, revision, wishes, tax, position, changed } = row;
  return {
    state: { version, revision, wishes, tax },
    position,
    changed: changed.length > mostChanges ? null : changed,
  };
}

/** What all carts share, or null where the version has none (trained before voices were stored, or none). */
export async function readHead(db: Pick<Database, 'pool'>, shopId: ShopId, version: number): Promise<Head | null> {
  const head = (await fetchVoices(db, shopId, version, [''])).get('');
  return head ? headSchema.parse(JSON.parse(head.toString())) : null;
}

const voicesByIds: PreparedStatement = {
  name: 'voices_by_ids',
  types: ['int', 'text[]'],
  // Two thirds of what the driver's own way of writing bytes takes.
  text: `SELECT product_id, encode(data, 'base64') AS data FROM recommendation_voice
    WHERE shop_id = $1 AND version = $2 AND product_id = ANY($3)`,
};

const viewedByIds: PreparedStatement = {
  name: 'viewed_by_ids',
  types: ['int', 'text[]'],
  text: `SELECT product_id, encode(coalesce(viewed, data), 'base64') AS data FROM recommendation_voice
    WHERE shop_id = $1 AND version = $2 AND product_id = ANY($3) AND viewed IS DISTINCT FROM ''::bytea`,
};

/** Packed bytes of some products, by id; those without any are left out. */
const bytesBy =
  (statement: PreparedStatement) =>
  async (
    db: Pick<Database, 'pool'>,
    shopId: ShopId,
    version: number,
    productIds: readonly string[],
  ): Promise<Map<string, Buffer>> => {
    const rows = await inOneTrip<{ product_id: string; data: string }>(db, shopId, statement, [version, productIds]);
    return new Map(rows.map((row) => [row.product_id, Buffer.from(row.data, 'base64')]));
  };

/** The packed voices of some products, by id; those without one are left out. */
export const fetchVoices = bytesBy(voicesByIds);

/** Of the voices of some products what `unpackViewed` reads, by id; those without it are left out. */
export const fetchViewed = bytesBy(viewedByIds);

const voiceIds: PreparedStatement = {
  name: 'voice_ids',
  types: ['int', 'text', 'int'],
  text: `SELECT product_id FROM recommendation_voice
    WHERE shop_id = $1 AND version = $2 AND product_id > $3 ORDER BY product_id LIMIT $4`,
};

/** Ids of products with a voice behind `after`, in order, without the head's. */
export async function fetchVoiceIds(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  version: number,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await inOneTrip<{ product_id: string }>(db, shopId, voiceIds, [version, after, limit]);
  return rows.map((row) => row.product_id);
}

const changedVoices: PreparedStatement = {
  name: 'changed_voices',
  types: ['int', 'int'],
  text: 'SELECT product_id FROM recommendation_voice WHERE shop_id = $1 AND version = $2 AND revision > $3',
};

/** Products whose voices a revision after `since` has changed. */
export async function readChangedSince(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  version: number,
  since: number,
): Promise<string[]> {
  const rows = await inOneTrip<{ product_id: string }>(db, shopId, changedVoices, [version, since]);
  return rows.map((row) => row.product_id);
}

/** How products come back to their buyers, as the active version knows it; those that it does not know are left out. */
export async function readRhythms(
  scope: ShopScope,
  productIds: readonly string[],
): Promise<Map<string, Pick<Voice, 'repeatRate' | 'gapDays'>>> {
  const rows = await scope.tx.$queryRaw<{ product_id: string; head: Uint8Array }[]>`
    SELECT o.product_id, substring(o.data FROM 1 FOR ${voiceHeadBytes}::int) AS head
    FROM recommendation_version v JOIN recommendation_voice o ON o.shop_id = v.shop_id AND o.version = v.version
    WHERE v.shop_id = ${scope.shopId}::uuid AND v.status = 'active' AND o.product_id = ANY(${[...productIds]}::text[])`;
  return new Map(rows.map((row) => [row.product_id, unpackRhythm(row.head)]));
}

export interface Purchase {
  readonly productId: string;
  readonly times: number;
  readonly lastAt: Date;
}

/** A customer of more products than this owns a shop. */
const mostPurchases = 500;

/** What is known of a customer: what they bought and kept, the latest first, and what that says in their carts. */
export interface KnownCustomer {
  readonly purchases: readonly Purchase[];
  /** null where the version has nothing: too new, too long away, or nobody who bought */
  readonly voice: CustomerVoice | null;
}

const customerOf: PreparedStatement = {
  name: 'customer_of',
  types: ['text', 'int'],
  text: `SELECT (SELECT items FROM recommendation
       WHERE shop_id = $1::uuid AND version = $3::int AND surface = 'for-cart' AND subject_id = $2::text) AS voice,
     (SELECT coalesce(json_agg(json_build_array(p.id, p.times, extract(epoch FROM p.last_at) * 1000) ORDER BY p.last_at DESC), '[]')
      FROM (SELECT l.product_id AS id, count(DISTINCT o.id)::int AS times, max(o.placed_at) AS last_at
        FROM "order" o JOIN order_line l ON l.shop_id = o.shop_id AND l.order_id = o.id
        WHERE o.shop_id = $1::uuid AND o.customer_id = $2::text AND o.cancelled_at IS NULL
          AND NOT o.test AND l.product_id IS NOT NULL AND l.quantity > l.refunded_quantity
        GROUP BY l.product_id ORDER BY max(o.placed_at) DESC LIMIT ${String(mostPurchases)}) p) AS purchases`,
};

/** Reads it in one trip. @param version whose words are wanted */
export async function fetchCustomer(
  db: Pick<Database, 'pool'>,
  shopId: ShopId,
  version: number,
  customerId: string,
): Promise<KnownCustomer> {
  const [row] = await inOneTrip<CustomerRow>(db, shopId, customerOf, [customerId, version]);
  return toKnown(row);
}

interface CustomerRow {
  readonly voice: unknown;
  readonly purchases: readonly (readonly [productId: string, times: number, lastAt: number])[];
}

function toKnown(row: CustomerRow | undefined): KnownCustomer {
  if (row === undefined) throw new Error('a statement without a row');
  return {
    purchases: row.purchases.map(([productId, times, at]) => ({ productId, times, lastAt: new Date(at) })),
    voice: row.voice === null ? null : customerVoiceSchema.parse(row.voice),
  };
}

/** The same within a transaction, for whoever explains it. */
export async function readCustomer(scope: ShopScope, version: number, customerId: string): Promise<KnownCustomer> {
  const [row] = await scope.tx.$queryRawUnsafe<CustomerRow[]>(customerOf.text, scope.shopId, customerId, version);
  return toKnown(row);
}

/** Writes voices of a version, replacing what stands there; the subject '' is no voice, but what all share. */
export async function writeVoices(
  scope: ShopScope,
  version: number,
  revision: number,
  rows: readonly { readonly subjectId: string; readonly data: Uint8Array }[],
): Promise<void> {
  if (rows.length === 0) return;
  const base64 = (data: Uint8Array) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  await scope.tx.$executeRaw`
    INSERT INTO recommendation_voice (shop_id, version, product_id, revision, data, viewed)
    SELECT ${scope.shopId}::uuid, ${version}, r.id, ${revision}, decode(r.data, 'base64'), decode(r.viewed, 'base64')
    FROM unnest(${rows.map((row) => row.subjectId)}::text[], ${rows.map((row) => base64(row.data))}::text[],
      ${rows.map((row) => (row.subjectId === '' ? '' : base64(packViewed(row.data))))}::text[]) AS r(id, data, viewed)
    ON CONFLICT (shop_id, version, product_id)
      DO UPDATE SET revision = EXCLUDED.revision, data = EXCLUDED.data, viewed = EXCLUDED.viewed`;
}
