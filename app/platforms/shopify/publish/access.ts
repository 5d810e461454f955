import type { CustomerPublication, ShopRef } from '#app/platforms/platform.ts';
import {
  createValidationDocument,
  deleteValidationDocument,
  findValidationsDocument,
  updateValidationDocument,
} from '../documents/access.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { toGid } from '../ids.ts';
import { dropMetafields, type Metafield, setMetafields } from './products.ts';

/** Handle of the Function in `extensions/` that looks at who buys what. */
const functionHandle = 'checkout-access';
/** What the merchant reads among the rules of the checkout. */
const title = 'Trellis: products for members';

/**
 * Metafields of customers: balance and figure of the level for pages of the theme, and the keys, which the checkout reads as
 * well.
 */
export async function publishCustomers(
  client: AdminClient,
  shop: ShopRef,
  entries: readonly CustomerPublication[],
): Promise<void> {
  const accounts = entries.filter(({ customerId }) => /^\d+$/.test(customerId));
  const place = (customerId: string, key: string) =>
    ({ ownerId: toGid('Customer', customerId), namespace: '$app', key }) as const;
  const set = accounts.flatMap(({ customerId, points, figure, keys }): Metafield[] => [
    { ...place(customerId, 'points'), type: 'number_integer', value: String(points) },
    ...(figure === 0
      ? []
      : [{ ...place(customerId, 'figure'), type: 'number_integer' as const, value: String(figure) }]),
    ...(keys.length === 0
      ? []
      : [{ ...place(customerId, 'keys'), type: 'single_line_text_field', value: keys.join(' ') }]),
  ]);
  await setMetafields(client, shop, set);
  const without = accounts.flatMap(({ customerId, figure, keys }) => [
    ...(figure === 0 ? [place(customerId, 'figure')] : []),
    ...(keys.length === 0 ? [place(customerId, 'keys')] : []),
  ]);
  await dropMetafields(client, shop, without);
}

/**
 * The rule of the checkout is there while a product is kept for some, and only then. It looks before it creates. Where the
 * Function fails the checkout goes on: a shop that sells nothing would be the greater harm.
 */
export async function guardAccess(client: AdminClient, shop: ShopRef, on: boolean): Promise<void> {
  const { validations, currentAppInstallation } = await client.run(shop, findValidationsDocument);
  const known = validations.nodes.find(
    ({ shopifyFunction }) =>
      shopifyFunction.handle === functionHandle && shopifyFunction.app.id === currentAppInstallation.app.id,
  );
  if (!on) {
    if (!known) return;
    const { validationDelete } = await client.run(shop, deleteValidationDocument, { id: known.id });
    refuseUserErrors(
      'validationDelete',
      validationDelete.userErrors.filter((error) => error.code !== 'NOT_FOUND'),
    );
    return;
  }
  if (!known) {
    const validation = { functionHandle, title, enable: true, blockOnFailure: false };
    const { validationCreate } = await client.run(shop, createValidationDocument, { validation });
    refuseUserErrors('validationCreate', validationCreate.userErrors);
  } else if (!known.enabled) {
    const change = { id: known.id, validation: { title, enable: true, blockOnFailure: false } };
    const { validationUpdate } = await client.run(shop, updateValidationDocument, change);
    refuseUserErrors('validationUpdate', validationUpdate.userErrors);
  }
}
