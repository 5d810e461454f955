import type { SandboxDiscount, SandboxStore } from '../../model.ts';
import type { DiscountFunctionFiles, StorefrontDeps } from '../deps.ts';
import { usesOf } from '../../admin-api/code-discounts.ts';
import { readFunctionFiles } from '../../function-files.ts';
import { toMinor } from '../../money.ts';
import type { Cart } from '../cart/cart.ts';
import type { DiscountOffer, OfferLine } from '../cart/discounts.ts';
import type { OfferSource } from '../cart/priced-cart.ts';
import { functionInput } from './function-input.ts';
import { offersOfDelivery, offersOfOutput } from './function-output.ts';
import { runFunction } from './run-function.ts';
import { flatRate } from './totals.ts';

/** Automatic discounts through the app's Function, and the native codes that the shopper typed. */
export function createOfferSource(deps: StorefrontDeps): OfferSource {
  const { store } = deps;
  return async (lines, cart) => {
    const offers: DiscountOffer[] = [];
    const problems: string[] = [];
    const running = [...store.discounts.values()].filter((discount) => isRunning(discount, store.now()));
    const files = running.some((discount) => discount.kind === 'automatic-app')
      ? await deps.loadDiscountFunction()
      : null;
    for (const discount of running) {
      if (discount.kind === 'code-basic') offers.push(...codeOffers(store, discount, lines, cart));
      else if (discount.kind === 'code-app') {
        const { offers: own, problem } = await codeAppOffers(deps, discount, lines, cart);
        offers.push(...own);
        if (problem !== null) problems.push(problem);
      } else if (!files) problems.push('The discount Function is not built.');
      else {
        try {
          offers.push(...(await functionOffers(store, discount, files, lines, cart)));
        } catch (error) {
          // Shopify goes on without a Function that fails; here the page says so.
          problems.push(`The discount Function failed: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    return { offers, problems };
  };
}

function isRunning(discount: SandboxDiscount, now: Date): boolean {
  return (
    Date.parse(discount.startsAt) <= now.getTime() &&
    (discount.endsAt === null || Date.parse(discount.endsAt) > now.getTime())
  );
}

async function functionOffers(
  store: SandboxStore,
  discount: SandboxDiscount,
  files: DiscountFunctionFiles,
  lines: readonly OfferLine[],
  cart: Cart,
  code: string | null = null,
): Promise<DiscountOffer[]> {
  const inputOf = (query: string) =>
    functionInput({
      store,
      discount,
      query,
      lines,
      attributes: cart.attributes,
      codes: cart.codes,
      customerId: cart.customerId ?? null,
      shipping: toMinor(flatRate, store.shop.currency),
      language: cart.language ?? 'en',
      ...(code === null ? {} : { code }),
    });
  const goods = runFunction(files.source, 'lines', await inputOf(files.inputQuery));
  const offers = offersOfOutput(goods, discount, store.shop.currency, code);
  // Shopify does not ask a target whose class the discount is not of.
  if (files.deliveryQuery === null || !discount.discountClasses.includes('SHIPPING')) return offers;
  const delivery = runFunction(files.source, 'delivery', await inputOf(files.deliveryQuery));
  return [...offers, ...offersOfDelivery(delivery, discount, code)];
}

/** What a discount with codes gives, once for each of them that was typed and may still be used. */
async function codeAppOffers(
  { store, extensionsFolder }: Pick<StorefrontDeps, 'store' | 'extensionsFolder'>,
  discount: SandboxDiscount,
  lines: readonly OfferLine[],
  cart: Cart,
): Promise<{ offers: DiscountOffer[]; problem: string | null }> {
  const typed = new Set(cart.codes.map((code) => code.toLowerCase()));
  if (typed.size === 0) return { offers: [], problem: null };
  const codes = [...store.redeemCodes.values()].filter(
    ({ discountId, code }) => discountId === discount.id && typed.has(code.toLowerCase()),
  );
  const offers: DiscountOffer[] = [];
  for (const { code } of codes) {
    if (typeof discount.usageLimit === 'number' && usesOf(store, code) >= discount.usageLimit) continue;
    const files = await readFunctionFiles(extensionsFolder, undefined, discount.functionHandle);
    if (!files) return { offers, problem: 'The Function of codes is not built.' };
    try {
      offers.push(...(await functionOffers(store, discount, files, lines, cart, code)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { offers, problem: `The Function of codes failed: ${reason}` };
    }
  }
  return { offers, problem: null };
}

function codeOffers(
  store: SandboxStore,
  discount: SandboxDiscount,
  lines: readonly OfferLine[],
  cart: Cart,
): DiscountOffer[] {
  const code = discount.code;
  const value = discount.value;
  if (code === null || value === null || !cart.codes.some((typed) => typed.toLowerCase() === code.toLowerCase()))
    return [];
  // A code that is used up is no code any more.
  if (typeof discount.usageLimit === 'number' && usesOf(store, code) >= discount.usageLimit) return [];
  const head = {
    title: code,
    kind: 'CODE',
    code,
    discountId: discount.id,
    combinesWith: discount.combinesWith,
  } as const;
  const worth =
    'percentage' in value
      ? { percentage: value.percentage * 100 }
      : { amount: toMinor(value.amount, store.shop.currency), each: false };
  const targetClass = discount.discountClasses[0] ?? 'ORDER';
  if (targetClass === 'SHIPPING')
    return [{ ...head, targetClass, percentage: 'percentage' in worth ? worth.percentage : 100 }];
  // Gift cards are money: no discount touches them.
  const giftCards = lines.filter((line) => line.product.isGiftCard).map((line) => line.id);
  if (targetClass === 'ORDER') {
    return [
      {
        ...head,
        targetClass,
        strategy: 'FIRST',
        candidates: [{ message: null, excludedLineIds: giftCards, minimumSubtotal: 0, value: worth }],
      },
    ];
  }
  const targets = lines
    .filter((line) => !giftCards.includes(line.id))
    .filter((line) => discount.variantIds?.includes(line.variant.id) ?? true)
    .map((line) => ({ lineId: line.id, quantity: null }));
  if (targets.length === 0) return [];
  return [{ ...head, targetClass, strategy: 'FIRST', candidates: [{ message: null, targets, value: worth }] }];
}
