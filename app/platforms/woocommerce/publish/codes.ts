import { z } from 'zod';
import type { CodesPublication, CodesRemoval, PublishedCodes, RemovedCodes } from '#app/platforms/codes.ts';
import type { ShopRef } from '#app/platforms/platform.ts';
import { formatDecimal } from '#app/shared/money.ts';
import type { RestClient } from '../client/rest-client.ts';
import { askPlugin } from '../plugin/ask-plugin.ts';
import { isGoneCode } from '../records/resources.ts';
import { meta, metaText, recordId, text } from '../records/values.ts';

const route = '/wc/v3/coupons';
/** Objects of one batch. Source: WooCommerce REST API, "Batch update". */
export const codesAtOnce = 100;
/** The type of coupon that our plugin prices; without the plugin it takes nothing off. */
const couponType = 'trellis_code';
const configKey = '_trellis_code';

const coupon = z.object({ id: recordId, code: text, meta_data: meta });
const failure = z.object({ code: z.string(), message: z.string() }).optional();
const batchAnswer = z.object({
  create: z.array(z.object({ id: recordId, code: text.optional(), error: failure })).default([]),
});
const removalAnswer = z.object({ delete: z.array(z.object({ id: recordId, error: failure })).default([]) });
const noAnswer = 'The store did not answer for it.';
const keptByStore = 'Something in the store keeps it.';

const inUse = 'woocommerce_rest_coupon_code_already_exists';

/** A coupon for each code, made by our plugin's rules. One that is there already is ours where it says the same. */
export async function publishCodes(
  client: RestClient,
  shop: ShopRef,
  publication: CodesPublication,
): Promise<PublishedCodes> {
  const { codes, config } = publication;
  // Each coupon stands by itself, and the plugin asks the merchant's matrix.
  if (codes.length === 0) return { storeId: null, made: [], refused: [] };
  const body = { create: codes.map((code) => couponOf(publication, code)) };
  const { data } = await client.call(shop, { route: `${route}/batch`, method: 'POST', body, answer: batchAnswer });
  const made: { code: string; storeId: string }[] = [];
  const refused: { code: string; reason: string }[] = [];
  for (const [at, code] of codes.entries()) {
    const one = data.create[at];
    if (one && !one.error) {
      made.push({ code, storeId: one.id });
      continue;
    }
    const known = one?.error?.code === inUse ? await findCoupon(client, shop, code) : null;
    if (known && metaText(known.meta_data, configKey) === config) made.push({ code, storeId: known.id });
    else refused.push({ code, reason: (one?.error?.message ?? noAnswer).slice(0, 300) });
  }
  return { storeId: null, made, refused };
}

function couponOf(offer: CodesPublication, code: string) {
  const { title, uses, endsAt, minSubtotalMinor, productIds, currency, config } = offer;
  const free = offer.gives.type === 'free-product' ? [offer.gives.variantId ?? offer.gives.productId] : [];
  return {
    code,
    description: title,
    discount_type: couponType,
    amount: '0',
    // Two discounts of goods never share a margin.
    individual_use: offer.class !== 'shipping',
    free_shipping: offer.class === 'shipping',
    usage_limit: uses,
    date_expires_gmt: endsAt?.toISOString().slice(0, 19) ?? null,
    minimum_amount: minSubtotalMinor === null ? '' : formatDecimal(minSubtotalMinor, currency),
    // WooCommerce itself then says that the coupon is for other products.
    product_ids: [...(productIds ?? []), ...free].map(Number),
    meta_data: [{ key: configKey, value: config }],
  };
}

async function findCoupon(client: RestClient, shop: ShopRef, code: string) {
  const { data } = await client.call(shop, { route, query: { code }, answer: z.array(coupon) });
  return data.find((one) => one.code.toUpperCase() === code.toUpperCase()) ?? null;
}

/** Deletes coupons of ours for good; one that is gone is passed over, and one that the store keeps is told. */
export async function removeCodes(client: RestClient, shop: ShopRef, { codes }: CodesRemoval): Promise<RemovedCodes> {
  const codeOf = new Map<number, string>();
  for (const { code, storeId } of codes) {
    const known = storeId === null ? await findCoupon(client, shop, code) : null;
    if (storeId !== null) codeOf.set(Number(storeId), code);
    else if (known && metaText(known.meta_data, configKey) !== null) codeOf.set(Number(known.id), code);
  }
  const ids = [...codeOf.keys()];
  if (ids.length === 0) return { kept: [] };
  const body = { delete: ids };
  const { data } = await client.call(shop, { route: `${route}/batch`, method: 'POST', body, answer: removalAnswer });
  // Each coupon fails for itself, inside a 200. A veto of WordPress (`pre_delete_post`) is no failure to WooCommerce: it
  // answers as if the coupon were gone. So the store is asked which are left. Tried on WooCommerce 11.0.1.
  const query = { include: ids.join(','), per_page: String(codesAtOnce), _fields: 'id' };
  const left = await client.call(shop, { route, query, answer: z.array(z.object({ id: recordId })) });
  const there = new Set(left.data.map(({ id }) => id));
  const answers = new Map(data.delete.map((one) => [one.id, one]));
  const kept = [...codeOf].flatMap(([id, code]) => {
    const { error } = answers.get(String(id)) ?? { error: { code: 'NO_ANSWER', message: noAnswer } };
    const why = error && !isGoneCode(error.code) ? error.message : there.has(String(id)) ? keptByStore : null;
    return why === null ? [] : [{ code, reason: `Coupon ${String(id)}: ${why}`.slice(0, 300) }];
  });
  return { kept };
}

/** What codes must leave of each product, where our plugin reads it. @throws CompanionAbsent */
export async function publishCodeGuard(client: RestClient, shop: ShopRef, guard: string): Promise<void> {
  await askPlugin(client, shop, { path: 'codes', method: 'PUT', body: { guard }, answer: z.unknown() });
}
