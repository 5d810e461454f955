import { readConfig } from '#app/infra/config.ts';
import { createServices } from '#app/infra/create-services.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { toShopId } from '#app/shared/ids.ts';

/** A process that asks the platform for the shop as soon as it is told to, and says what came of it. */
const [, , shopId = '', domain = ''] = process.argv;
const own = createServices(readConfig(), 'test', createPlatforms);

async function ask(): Promise<{ ok: boolean; error?: string }> {
  try {
    const shop = await own.services.platforms.shopify?.readShop({ shopId: toShopId(shopId), domain });
    return { ok: shop !== undefined };
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

process.once('message', () => {
  void ask().then(async (outcome) => {
    process.send?.(outcome);
    await own.close();
    process.disconnect();
  });
});
process.send?.({ ready: true });
