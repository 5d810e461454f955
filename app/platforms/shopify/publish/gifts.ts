import type { GiftCardPublication, StoreCreditPublication } from '#app/platforms/codes.ts';
import { PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { createGiftCardDocument, creditCustomerDocument } from '../documents/gifts.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { toGid } from '../ids.ts';

const moneyOf = ({ amountMinor, currency }: StoreCreditPublication) => ({
  amount: formatDecimal(amountMinor, currency),
  currencyCode: currency,
});

/** A gift card with a code of ours: asked for again, Shopify says that the code is taken, and the card is there. */
export async function makeGiftCard(
  client: AdminClient,
  shop: ShopRef,
  gift: GiftCardPublication,
): Promise<{ storeId: string }> {
  const input = {
    code: gift.code,
    initialAmount: moneyOf(gift),
    customerId: toGid('Customer', gift.customerId),
    note: gift.note,
    expiresOn: gift.expiresAt?.toISOString().slice(0, 10) ?? null,
  };
  const { giftCardCreate } = await client.run(shop, createGiftCardDocument, { input });
  // Nobody else draws sixteen letters alike.
  if (giftCardCreate.userErrors.some(({ code }) => code === 'TAKEN')) return { storeId: '' };
  refuseUserErrors('giftCardCreate', giftCardCreate.userErrors);
  if (!giftCardCreate.giftCard) throw new PlatformRefusal('NO_GIFT_CARD', 'Shopify made no gift card');
  return { storeId: giftCardCreate.giftCard.id };
}

export async function creditCustomer(
  client: AdminClient,
  shop: ShopRef,
  credit: StoreCreditPublication,
): Promise<{ storeId: string }> {
  const { storeCreditAccountCredit: done } = await client.run(shop, creditCustomerDocument, {
    id: toGid('Customer', credit.customerId),
    credit: { creditAmount: moneyOf(credit), expiresAt: credit.expiresAt?.toISOString() ?? null },
  });
  refuseUserErrors('storeCreditAccountCredit', done.userErrors);
  if (!done.storeCreditAccountTransaction) throw new PlatformRefusal('NO_CREDIT', 'Shopify gave no store credit');
  return { storeId: done.storeCreditAccountTransaction.id };
}
