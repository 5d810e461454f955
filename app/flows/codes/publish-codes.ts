import { countToMake } from '#app/domains/codes/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { findConnectedShop } from '../connected-shop.ts';
import { returnRefusedRewards } from '../loyalty/return-refused.ts';
import { startRun } from '../start-run.ts';
import { bringStoreInLine } from './bring-store-in-line.ts';
import { giveGifts } from './give-gifts.ts';

/** From that many on the merchant sees how far it is. */
const many = 1_000;

/** Gives what gifts and makes what codes were issued. What takes long, and what the store refuses, becomes a run that the merchant sees. */
const publishShopCodes: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const connected = await findConnectedShop(services, shopId);
  if (connected?.shop.status !== 'installed') return;
  await giveGifts(services, connected, signal);
  await returnRefusedRewards(services, shopId);
  const waiting = await services.db.inShop(shopId, countToMake);
  if (waiting >= many) return void (await startRun(services, shopId, 'codes'));
  const published = await bringStoreInLine(services, connected, { signal });
  if (published && published.refused > 0) await startRun(services, shopId, 'codes');
};

export default publishShopCodes;
