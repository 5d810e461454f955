import { type DiscountPublication, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import {
  createDiscountDocument,
  deleteDiscountDocument,
  findDiscountsDocument,
  updateDiscountDocument,
} from '../documents/publish.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import type { Answer } from '../graphql/document.ts';
import { dropMetafields } from './products.ts';

/** Handle of our discount Function in `extensions/`. */
export const functionHandle = 'bundle-discount';

const classNames = { product: 'PRODUCT', order: 'ORDER', shipping: 'SHIPPING' } as const;

interface KnownDiscount {
  readonly id: string;
  readonly keys: readonly string[];
  readonly classes: readonly string[];
}

const configKey = (index: number) => (index === 0 ? 'config' : `config-${index + 1}`);

/** Our discounts: those that carry our configuration. Metafields in `$app` are visible to this app alone. */
async function findOurs(client: AdminClient, shop: ShopRef): Promise<KnownDiscount[]> {
  const found: KnownDiscount[] = [];
  let after: string | null = null;
  for (;;) {
    const { discountNodes }: Answer<typeof findDiscountsDocument> = await client.run(shop, findDiscountsDocument, {
      after,
    });
    for (const node of discountNodes.nodes) {
      if (node.discount.__typename !== 'DiscountAutomaticApp' || !node.metafield) continue;
      found.push({
        id: node.id.replace('/DiscountNode/', '/DiscountAutomaticNode/'),
        keys: node.metafields.nodes.map((metafield) => metafield.key),
        classes: node.discount.discountClasses ?? [],
      });
    }
    if (!discountNodes.pageInfo.hasNextPage) return found;
    after = discountNodes.pageInfo.endCursor ?? null;
  }
}

/**
 * Makes the store's bundle discounts say exactly `publication`: one for each class of what it gives, because a
 * discount of several classes could say only for all of them together what it combines with. The Function gives of
 * each its own part. It looks before it creates, so a repetition after a time-out finds what the first try made; what
 * is too many, should it exist, is removed.
 * @returns the id of the first
 */
export async function publishDiscount(
  client: AdminClient,
  shop: ShopRef,
  publication: DiscountPublication,
): Promise<{ discountId: string | null }> {
  const known = await findOurs(client, shop);
  const classes = publication.configs.length === 0 ? [] : (publication.classes ?? ['product']);
  const kept = classes.map((name) => ({ name, discount: takeOut(known, classNames[name]) }));
  for (const { id } of known) {
    const { discountAutomaticDelete } = await client.run(shop, deleteDiscountDocument, { id });
    refuseUserErrors('discountAutomaticDelete', discountAutomaticDelete.userErrors);
  }
  let first: string | null = null;
  for (const { name, discount } of kept) {
    const id = await writeDiscount(client, shop, publication, name, discount);
    first ??= id;
  }
  return { discountId: first };
}

/** The first discount of a class, taken out of those that are known. */
function takeOut(known: KnownDiscount[], className: string): KnownDiscount | null {
  const at = known.findIndex(({ classes }) => classes[0] === className);
  return at < 0 ? null : (known.splice(at, 1)[0] ?? null);
}

/** Automatic discounts of a store have different titles. */
const titleOf = (title: string, name: keyof typeof classNames): string =>
  name === 'product' ? title : `${title}: ${name}`;

async function writeDiscount(
  client: AdminClient,
  shop: ShopRef,
  publication: DiscountPublication,
  name: keyof typeof classNames,
  known: KnownDiscount | null,
): Promise<string> {
  const { order, product, shipping } = publication.combinesWith[name];
  const discount = {
    title: titleOf(publication.title, name),
    functionHandle,
    startsAt: publication.startsAt.toISOString(),
    discountClasses: [classNames[name]],
    combinesWith: { orderDiscounts: order, productDiscounts: product, shippingDiscounts: shipping },
    metafields: publication.configs.map((value, index) => ({
      namespace: '$app',
      key: configKey(index),
      type: 'json',
      value,
    })),
  };
  if (!known) {
    const { discountAutomaticAppCreate } = await client.run(shop, createDiscountDocument, { discount });
    refuseUserErrors('discountAutomaticAppCreate', discountAutomaticAppCreate.userErrors);
    const created = discountAutomaticAppCreate.automaticAppDiscount;
    if (!created) throw new PlatformRefusal('NO_DISCOUNT', 'Shopify created no discount');
    return created.discountId;
  }
  const { discountAutomaticAppUpdate } = await client.run(shop, updateDiscountDocument, { id: known.id, discount });
  refuseUserErrors('discountAutomaticAppUpdate', discountAutomaticAppUpdate.userErrors);
  // A configuration that shrank leaves parts behind, which the Function must not read as current.
  const wanted = new Set(publication.configs.map((_config, index) => configKey(index)));
  const left = known.keys.filter((key) => /^config(-\d+)?$/.test(key) && !wanted.has(key));
  await dropMetafields(
    client,
    shop,
    left.map((key) => ({ ownerId: known.id, namespace: '$app' as const, key })),
  );
  return known.id;
}
