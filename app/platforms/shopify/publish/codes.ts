import type { CodeOffer, CodesPublication, CodesRemoval, PublishedCodes, RemovedCodes } from '#app/platforms/codes.ts';
import { PlatformRefusal, PlatformUnavailable, type ShopRef } from '#app/platforms/platform.ts';
import {
  addCodesDocument,
  combineCodesDocument,
  createCodeOfferDocument,
  findCodeOfferDocument,
  readAddedCodesDocument,
  readCreationDocument,
  readShopIdDocument,
  removeCodesDocument,
} from '../documents/codes.ts';
import { deleteCodeDocument } from '../documents/offer-codes.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { setMetafields } from './products.ts';

/** Handle of the Function in `extensions/` that works out what a code of ours takes off. */
const functionHandle = 'code-discount';
/** Codes of one call. Source: shopify.dev, discountRedeemCodeBulkAdd. */
export const codesAtOnce = 250;

const classNames = { order: 'ORDER', product: 'PRODUCT', shipping: 'SHIPPING' } as const;

export interface Waiting {
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/**
 * One discount of the store for each offer, with its codes. It looks before it creates, and finds codes that an earlier
 * call has made: a repetition after a lost answer changes nothing.
 */
export async function publishCodes(
  client: AdminClient,
  shop: ShopRef,
  publication: CodesPublication,
  waiting: Waiting,
): Promise<PublishedCodes> {
  const [first, ...rest] = publication.codes;
  if (first === undefined) return combineCodes(client, shop, publication);
  if (publication.storeId !== null) return addCodes(client, shop, publication.storeId, publication, waiting);
  const known = await findCode(client, shop, first);
  if (known && known.config !== publication.config) {
    // Somebody else's, or the same text with other terms.
    const others = { ...publication, codes: rest };
    const done = await publishCodes(client, shop, others, waiting);
    return { ...done, refused: [...done.refused, { code: first, reason: takenReason }] };
  }
  const made = known ?? (await createOffer(client, shop, publication, first));
  const own = [{ code: first, storeId: made.id }];
  const done = await addCodes(client, shop, made.id, { codes: rest }, waiting);
  return { ...done, made: [...own, ...done.made] };
}

const takenReason = 'The store has another discount with this code.';

interface KnownCode {
  /** the discount that it belongs to */
  readonly id: string;
  readonly codeId: string | null;
  /** what our Function reads; null for a discount that is none of ours */
  readonly config: string | null;
}

async function findCode(client: AdminClient, shop: ShopRef, code: string): Promise<KnownCode | null> {
  const answer = await client.run(shop, findCodeOfferDocument, { code, search: `code:${code}` });
  const node = answer.codeDiscountNodeByCode;
  if (!node) return null;
  const own = node.codeDiscount.codes?.nodes.find((one) => one.code.toUpperCase() === code.toUpperCase());
  return { id: node.id, codeId: own?.id ?? null, config: node.metafield?.value ?? null };
}

async function createOffer(client: AdminClient, shop: ShopRef, offer: CodeOffer, code: string): Promise<KnownCode> {
  const discount = {
    title: offer.title,
    code,
    functionHandle,
    startsAt: offer.startsAt.toISOString(),
    endsAt: offer.endsAt?.toISOString() ?? null,
    usageLimit: offer.uses,
    context: { all: 'ALL' },
    discountClasses: [classNames[offer.class]],
    combinesWith: combinationOf(offer),
    metafields: [{ namespace: '$app', key: 'offer', type: 'single_line_text_field', value: offer.config }],
  };
  const { discountCodeAppCreate } = await client.run(shop, createCodeOfferDocument, { discount });
  refuseUserErrors('discountCodeAppCreate', discountCodeAppCreate.userErrors);
  const created = discountCodeAppCreate.codeAppDiscount;
  if (!created) throw new PlatformRefusal('NO_DISCOUNT', 'Shopify made no discount code');
  return { id: created.discountId, codeId: null, config: offer.config };
}

function combinationOf({ combinesWith: { order, product, shipping } }: Pick<CodeOffer, 'combinesWith'>) {
  return { orderDiscounts: order, productDiscounts: product, shippingDiscounts: shipping };
}

/** Beside what a discount of codes may stand; one that the merchant has deleted stands beside nothing. */
async function combineCodes(client: AdminClient, shop: ShopRef, offer: CodesPublication): Promise<PublishedCodes> {
  const { storeId } = offer;
  if (storeId !== null) {
    const discount = { combinesWith: combinationOf(offer) };
    const { discountCodeAppUpdate } = await client.run(shop, combineCodesDocument, { id: storeId, discount });
    refuseUserErrors('discountCodeAppUpdate', discountCodeAppUpdate.userErrors.filter(isNotGone));
  }
  return { storeId, made: [], refused: [] };
}

const isNotGone = ({ message }: { readonly message: string }): boolean => !/does not exist|not found/i.test(message);

/** How long one batch may take at Shopify: seconds as a rule. */
const pollMs = 500;
const polls = 60;

async function addCodes(
  client: AdminClient,
  shop: ShopRef,
  discountId: string,
  { codes }: Pick<CodesPublication, 'codes'>,
  { sleep }: Waiting,
): Promise<PublishedCodes> {
  if (codes.length === 0) return { storeId: discountId, made: [], refused: [] };
  const { discountRedeemCodeBulkAdd: added } = await client.run(shop, addCodesDocument, {
    discountId,
    codes: codes.map((code) => ({ code })),
  });
  refuseUserErrors('discountRedeemCodeBulkAdd', added.userErrors);
  const id = added.bulkCreation?.id ?? '';
  for (let poll = 0; poll < polls; poll += 1) {
    const { discountRedeemCodeBulkCreation: creation } = await client.run(shop, readCreationDocument, { id });
    if (creation?.done)
      return creation.failedCount === 0 ? allMade(discountId, codes) : whatBecame(client, shop, discountId, id);
    await sleep(pollMs);
  }
  throw new PlatformUnavailable('Shopify has not made the codes yet', 30_000);
}

const allMade = (discountId: string, codes: readonly string[]): PublishedCodes => ({
  storeId: discountId,
  made: codes.map((code) => ({ code, storeId: discountId })),
  refused: [],
});

/** Codes that failed were made by a call whose answer was lost, or are somebody else's. */
async function whatBecame(client: AdminClient, shop: ShopRef, discountId: string, id: string): Promise<PublishedCodes> {
  const { discountRedeemCodeBulkCreation: creation } = await client.run(shop, readAddedCodesDocument, { id });
  const made: string[] = [];
  const refused: { code: string; reason: string }[] = [];
  for (const { code, errors } of creation?.codes.nodes ?? []) {
    const known = errors.length === 0 ? null : await findCode(client, shop, code);
    if (errors.length === 0 || known?.id === discountId) made.push(code);
    else refused.push({ code, reason: known ? takenReason : (errors[0]?.message ?? 'The store refused it.') });
  }
  return { ...allMade(discountId, made), refused };
}

/** Takes codes out of their discount, and the discount with the last of them. */
export async function removeCodes(
  client: AdminClient,
  shop: ShopRef,
  { storeId, codes, last }: CodesRemoval,
): Promise<RemovedCodes> {
  if (storeId !== null && last) {
    const { discountCodeDelete } = await client.run(shop, deleteCodeDocument, { id: storeId });
    // The merchant may have deleted it.
    refuseUserErrors('discountCodeDelete', discountCodeDelete.userErrors.filter(isNotGone));
    return { kept: [] };
  }
  const idsOf = new Map<string, string[]>();
  for (const { code } of codes) {
    const known = await findCode(client, shop, code);
    // A discount without our configuration is the merchant's own.
    if (known && known.config !== null && known.codeId !== null)
      idsOf.set(known.id, [...(idsOf.get(known.id) ?? []), known.codeId]);
  }
  for (const [discountId, ids] of idsOf) await deleteCodes(client, shop, discountId, ids);
  return { kept: [] };
}

async function deleteCodes(client: AdminClient, shop: ShopRef, discountId: string, ids: readonly string[]) {
  const { discountCodeRedeemCodeBulkDelete } = await client.run(shop, removeCodesDocument, { discountId, ids });
  refuseUserErrors('discountCodeRedeemCodeBulkDelete', discountCodeRedeemCodeBulkDelete.userErrors.filter(isNotGone));
}

/** What codes must leave of each product, where our Function reads it for every code: at the shop. */
export async function publishCodeGuard(client: AdminClient, shop: ShopRef, guard: string): Promise<void> {
  const { shop: owner } = await client.run(shop, readShopIdDocument);
  const place = { ownerId: owner.id, namespace: '$app' as const, key: 'code-guard' };
  await setMetafields(client, shop, [{ ...place, type: 'single_line_text_field', value: guard }]);
}
