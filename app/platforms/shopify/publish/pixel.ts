import { type ShopRef, PlatformRefusal } from '#app/platforms/platform.ts';
import { createPixelDocument, readPixelDocument, updatePixelDocument } from '../documents/publish.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';

/** Switches the web pixel on with our settings; where one runs already its settings are replaced. */
export async function activatePixel(
  client: AdminClient,
  shop: ShopRef,
  settings: { shopId: string; endpoint: string },
): Promise<void> {
  const webPixel = { settings: JSON.stringify(settings) };
  const known = await findPixel(client, shop);
  if (known !== null) {
    const { webPixelUpdate } = await client.run(shop, updatePixelDocument, { id: known, webPixel });
    return refuseUserErrors('webPixelUpdate', webPixelUpdate.userErrors);
  }
  const { webPixelCreate } = await client.run(shop, createPixelDocument, { webPixel });
  // TAKEN: it was created by a call whose answer was lost, or by another worker.
  if (webPixelCreate.userErrors.some((error) => error.code === 'TAKEN')) return;
  refuseUserErrors('webPixelCreate', webPixelCreate.userErrors);
}

/** Shopify answers with an error, not with null, where the app has no pixel yet. */
async function findPixel(client: AdminClient, shop: ShopRef): Promise<string | null> {
  try {
    return (await client.run(shop, readPixelDocument)).webPixel?.id ?? null;
  } catch (error) {
    if (error instanceof PlatformRefusal && error.code !== 'ACCESS_DENIED') return null;
    throw error;
  }
}
