import { randomBytes } from 'node:crypto';
import {
  type Gift,
  nextToGive,
  noteGiftRefused,
  noteGiftUnsure,
  noteGiven,
  noteGiving,
} from '#app/domains/codes/index.ts';
import type { Services } from '#app/infra/services.ts';
import { PlatformRefusal } from '#app/platforms/platform.ts';
import type { ShopId } from '#app/shared/ids.ts';
import type { ConnectedShop } from '../connected-shop.ts';
import { withShopLock } from '../shop-lock.ts';

/** What shoppers type at the checkout: letters and digits that nobody confuses. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const codeLength = 16;

const contextOf = (shopId: ShopId, id: bigint): string => `store-gift:${shopId}:${id}`;

/** What a gift card is redeemed with; null before the store has made it, and for store credit. */
export function giftCardCode(
  { secrets }: Pick<Services, 'secrets'>,
  shopId: ShopId,
  { id, state, sealedCode }: Pick<Gift, 'id' | 'state' | 'sealedCode'>,
): string | null {
  return state !== 'given' || sealedCode === null ? null : secrets.open(sealedCode, contextOf(shopId, id));
}

/**
 * Has the store give what was issued, one after the other. A gift card is made with a code of ours, which a store has
 * once only; of store credit whose answer was lost nobody knows whether it was given, so that it is never given again.
 * @returns how many the store gave
 */
export async function giveGifts(services: Services, connected: ConnectedShop, signal: AbortSignal): Promise<number> {
  const { shop, ref } = connected;
  if (shop.status !== 'installed') return 0;
  const given = await withShopLock(services, 'gifts', ref.shopId, async () => {
    for (let count = 0; ; count += 1) {
      signal.throwIfAborted();
      const gift = await services.db.inShop(ref.shopId, nextToGive);
      if (!gift) return count;
      await giveOne(services, connected, gift);
    }
  });
  return given ?? 0;
}

const unknown =
  'The store did not answer, so that it is not known whether it gave the credit. Look at the customer’s store credit.';

async function giveOne(services: Services, connected: ConnectedShop, gift: Gift): Promise<void> {
  const { db, secrets, clock } = services;
  const { platform, ref, capabilities } = connected;
  const refuse = (reason: string) => db.inShop(ref.shopId, (scope) => noteGiftRefused(scope, gift.id, reason));
  const able = gift.kind === 'gift-card' ? capabilities.giftCards : capabilities.storeCredit;
  if (!able) return refuse('Stores on this platform have nothing of the kind.');
  if (gift.customerId === null) return refuse('The customer was erased.');
  if (gift.kind === 'store-credit' && gift.state === 'making')
    return db.inShop(ref.shopId, (scope) => noteGiftUnsure(scope, gift.id, unknown));
  const context = contextOf(ref.shopId, gift.id);
  const code = gift.sealedCode === null ? drawCode() : secrets.open(gift.sealedCode, context);
  const sealed = gift.sealedCode ?? secrets.seal(code, context);
  await db.inShop(ref.shopId, (scope) => noteGiving(scope, gift.id, gift.kind === 'gift-card' ? sealed : null));
  const { amountMinor, currency, expiresAt, note, customerId } = gift;
  const publication = { amountMinor, currency, expiresAt, note, customerId };
  try {
    const { storeId } =
      gift.kind === 'gift-card'
        ? await platform.makeGiftCard(ref, { ...publication, code })
        : await platform.creditCustomer(ref, publication);
    await db.inShop(ref.shopId, (scope) => noteGiven(scope, gift.id, storeId, clock.now()));
  } catch (error) {
    if (!(error instanceof PlatformRefusal)) throw error;
    await refuse(error.message);
  }
}

const drawCode = (): string =>
  Array.from(randomBytes(codeLength), (byte) => alphabet.charAt(byte % alphabet.length)).join('');
