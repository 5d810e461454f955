import type { ProductPublication, ShopRef } from '#app/platforms/platform.ts';
import { deleteMetafieldsDocument, setMetafieldsDocument } from '../documents/publish.ts';
import { isOwnerGone, refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { toGid } from '../ids.ts';

export interface Metafield {
  readonly ownerId: string;
  readonly namespace: '$app';
  readonly key: string;
  readonly type: string;
  readonly value: string;
}

interface MetafieldName {
  readonly ownerId: string;
  readonly namespace: '$app';
  readonly key: string;
}

/** `metafieldsSet` takes 25 at once. */
const batchSize = 25;
/** A list of references holds 128 at most. */
const listLimit = 128;

const references = (ids: readonly string[]) =>
  JSON.stringify([...new Set(ids)].slice(0, listLimit).map((id) => toGid('Product', id)));

/** An empty list is deleted rather than written: Shopify refuses empty reference lists. */
export function productMetafields(entry: ProductPublication): { set: Metafield[]; drop: MetafieldName[] } {
  const name = (key: string): MetafieldName => ({ ownerId: toGid('Product', entry.productId), namespace: '$app', key });
  const set: Metafield[] = [];
  const drop: MetafieldName[] = [];
  const list = (key: string, ids: readonly string[]) =>
    ids.length > 0
      ? set.push({ ...name(key), type: 'list.product_reference', value: references(ids) })
      : drop.push(name(key));
  list('together', entry.together);
  list('similar', entry.similar);
  list(
    'bundle_products',
    entry.bundles.flatMap(({ sold, items }) => [
      ...(sold ? [sold.productId] : []),
      ...items.map((item) => item.productId),
    ]),
  );
  if (entry.again) set.push({ ...name('again'), type: 'json', value: JSON.stringify(entry.again) });
  else drop.push(name('again'));
  if (entry.bundles.length > 0) set.push({ ...name('bundles'), type: 'json', value: JSON.stringify(entry.bundles) });
  else drop.push(name('bundles'));
  // What pages say, and what the checkout compares: it reads no JSON.
  if (entry.access) {
    set.push({ ...name('access'), type: 'json', value: JSON.stringify(entry.access) });
    set.push({ ...name('keys'), type: 'single_line_text_field', value: entry.access.keys.join(' ') });
  } else drop.push(name('access'), name('keys'));
  return { set, drop };
}

/** Writes metafields, all or none of a batch. Those of an owner that is gone are left out, so that it does not hold up the others. */
export async function setMetafields(
  client: AdminClient,
  shop: ShopRef,
  metafields: readonly Metafield[],
): Promise<void> {
  for (let at = 0; at < metafields.length; at += batchSize)
    await setBatch(client, shop, metafields.slice(at, at + batchSize));
}

async function setBatch(client: AdminClient, shop: ShopRef, batch: readonly Metafield[]): Promise<void> {
  const { metafieldsSet } = await client.run(shop, setMetafieldsDocument, { metafields: batch });
  const gone = new Set(
    metafieldsSet.userErrors.filter(isOwnerGone).map((error) => batch[indexOf(error.field)]?.ownerId),
  );
  refuseUserErrors(
    'metafieldsSet',
    metafieldsSet.userErrors.filter((error) => !isOwnerGone(error)),
  );
  const rest = batch.filter((metafield) => !gone.has(metafield.ownerId));
  if (gone.size > 0 && rest.length === batch.length) refuseUserErrors('metafieldsSet', metafieldsSet.userErrors);
  if (gone.size > 0 && rest.length > 0) await setBatch(client, shop, rest);
}

/** `['metafields', '8', 'ownerId']` → 8: which element of the input an error is about. */
const indexOf = (field: readonly string[] | null | undefined): number =>
  Number(field?.find((part) => /^\d+$/.test(part)) ?? -1);

/**
 * Writes what the product pages render. Running it again with the same entries changes nothing. Shopify refuses a
 * metafield for what we wrote, never for one product alone: a refusal is the whole call's.
 */
export async function publishProducts(
  client: AdminClient,
  shop: ShopRef,
  entries: readonly ProductPublication[],
): Promise<ReadonlyMap<string, string>> {
  const changes = entries.map(productMetafields);
  await setMetafields(
    client,
    shop,
    changes.flatMap((change) => change.set),
  );
  await dropMetafields(
    client,
    shop,
    changes.flatMap((change) => change.drop),
  );
  return new Map();
}

export async function dropMetafields(
  client: AdminClient,
  shop: ShopRef,
  names: readonly MetafieldName[],
): Promise<void> {
  for (let at = 0; at < names.length; at += batchSize) {
    const { metafieldsDelete } = await client.run(shop, deleteMetafieldsDocument, {
      metafields: names.slice(at, at + batchSize),
    });
    refuseUserErrors(
      'metafieldsDelete',
      metafieldsDelete.userErrors.filter((error) => !isOwnerGone(error)),
    );
  }
}
