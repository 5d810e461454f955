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
      });
    }
    if (!discountNodes.pageInfo.hasNextPage) return found;
    after = discountNodes.pageInfo.endCursor ?? null;
  }
}

/**
 * Makes the store's bundle discount say exactly `publication`. It looks before it creates, so a repetition
 * after a time-out finds what the first try made; a second one, should it exist, is removed.
 */
export async function publishDiscount(
  client: AdminClient,
  shop: ShopRef,
  publication: DiscountPublication,
): Promise<{ discountId: string | null }> {
  const [known, ...surplus] = await findOurs(client, shop);
  const unwanted = publication.configs.length === 0 ? [...(known ? [known] : []), ...surplus] : surplus;
  for (const discount of unwanted) {
    const { discountAutomaticDelete } = await client.run(shop, deleteDiscountDocument, { id: discount.id });
    refuseUserErrors('discountAutomaticDelete', discountAutomaticDelete.userErrors);
  }
  if (publication.configs.length === 0) return { discountId: null };

  const { order, product, shipping } = publication.combinesWith;
  const discount = {
    title: publication.title,
    functionHandle,
    startsAt: publication.startsAt.toISOString(),
    discountClasses: (publication.classes ?? ['product']).map((name) => classNames[name]),
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
    return { discountId: created.discountId };
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
  return { discountId: known.id };
}
