import type { ShopRef, TransformPublication } from '#app/platforms/platform.ts';
import { encodeDelivery } from '../cart-transform/delivery-config.ts';
import {
  createTransformDocument,
  deleteTransformDocument,
  findTransformsDocument,
} from '../documents/cart-transforms.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { dropMetafields, setMetafields } from './products.ts';

/** Handle of our cart transform Function in `extensions/`. */
const functionHandle = 'cart-transform';

/** The metafields that the Function reads; none when no bundle needs it. */
function metafieldsOf(publication: TransformPublication): { key: string; value: string }[] {
  if (publication.merged.length + publication.native.length === 0) return [];
  return [
    { key: 'delivery', value: encodeDelivery(publication) },
    ...publication.configs.map((value, index) => ({ key: index === 0 ? 'config' : `config-${index + 1}`, value })),
  ];
}

/**
 * Makes the store's cart transform say exactly `publication`, writing only what differs. It looks before it
 * creates, so a repetition after a time-out finds what the first try made.
 */
export async function publishTransform(
  client: AdminClient,
  shop: ShopRef,
  publication: TransformPublication,
): Promise<void> {
  const wanted = metafieldsOf(publication);
  const [known] = (await client.run(shop, findTransformsDocument)).cartTransforms.nodes;
  if (wanted.length === 0) {
    if (!known) return;
    const { cartTransformDelete } = await client.run(shop, deleteTransformDocument, { id: known.id });
    refuseUserErrors(
      'cartTransformDelete',
      cartTransformDelete.userErrors.filter((error) => error.code !== 'NOT_FOUND'),
    );
    return;
  }
  const typed = wanted.map((metafield) => ({ namespace: '$app' as const, type: 'json', ...metafield }));
  if (!known) {
    const { cartTransformCreate } = await client.run(shop, createTransformDocument, {
      functionHandle,
      metafields: typed,
    });
    refuseUserErrors('cartTransformCreate', cartTransformCreate.userErrors);
    return;
  }
  const standing = new Map(known.metafields.nodes.map(({ key, value }) => [key, value]));
  const changed = typed.filter(({ key, value }) => standing.get(key) !== value);
  await setMetafields(
    client,
    shop,
    changed.map((metafield) => ({ ownerId: known.id, ...metafield })),
  );
  // A configuration that shrank leaves parts behind, which the Function must not read as current.
  const left = [...standing.keys()].filter(
    (key) => /^config(-\d+)?$/.test(key) && !wanted.some((metafield) => metafield.key === key),
  );
  await dropMetafields(
    client,
    shop,
    left.map((key) => ({ ownerId: known.id, namespace: '$app' as const, key })),
  );
}
