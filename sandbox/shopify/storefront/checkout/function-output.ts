import { z } from 'zod';
import { toMinor } from '../../money.ts';
import type { DiscountOffer, OfferValue } from '../cart/discounts.ts';
import type { SandboxDiscount } from '../../model.ts';

const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d+(\.\d+)?$/));
const percentage = z.strictObject({ percentage: z.strictObject({ value: decimal }) });
const message = z.string().nullish();

const productDiscounts = z.strictObject({
  selectionStrategy: z.enum(['FIRST', 'MAXIMUM', 'ALL']),
  candidates: z
    .array(
      z.strictObject({
        targets: z
          .array(
            z.strictObject({
              cartLine: z.strictObject({ id: z.string(), quantity: z.number().int().positive().nullish() }),
            }),
          )
          .min(1),
        prerequisites: z.array(z.unknown()).optional(),
        value: z.union([
          percentage,
          z.strictObject({
            fixedAmount: z.strictObject({ amount: decimal, appliesToEachItem: z.boolean().nullish() }),
          }),
        ]),
        message,
        associatedDiscountCode: z.unknown().optional(),
      }),
    )
    .min(1),
});
const orderDiscounts = z.strictObject({
  selectionStrategy: z.enum(['FIRST', 'MAXIMUM']),
  candidates: z
    .array(
      z.strictObject({
        targets: z
          .array(z.strictObject({ orderSubtotal: z.strictObject({ excludedCartLineIds: z.array(z.string()) }) }))
          .length(1),
        value: z.union([percentage, z.strictObject({ fixedAmount: z.strictObject({ amount: decimal }) })]),
        conditions: z
          .array(z.looseObject({ orderMinimumSubtotal: z.looseObject({ minimumAmount: decimal }).optional() }))
          .optional(),
        message,
        associatedDiscountCode: z.unknown().optional(),
      }),
    )
    .min(1),
});
/** The output of target `cart.lines.discounts.generate.run`: each operation has exactly one key. */
const output = z.strictObject({
  operations: z.array(
    z.union([
      z.strictObject({ productDiscountsAdd: productDiscounts }),
      z.strictObject({ orderDiscountsAdd: orderDiscounts }),
      z.strictObject({ enteredDiscountCodesAccept: z.unknown() }),
      z.strictObject({ enteredDiscountCodesReject: z.unknown() }),
    ]),
  ),
});

/** A discount of a code is called by its code. */
function headOf(discount: SandboxDiscount, code: string | null) {
  return {
    title: code ?? discount.title,
    kind: code === null ? 'AUTOMATIC' : 'CODE',
    code,
    discountId: discount.id,
    combinesWith: discount.combinesWith,
  } as const;
}

/** Reads a Function's output as offers. Throws on a shape or a class that Shopify would refuse. */
export function offersOfOutput(
  raw: unknown,
  discount: SandboxDiscount,
  currency: string,
  code: string | null = null,
): DiscountOffer[] {
  const head = headOf(discount, code);
  const value = (
    given:
      | { percentage: { value: string } }
      | { fixedAmount: { amount: string; appliesToEachItem?: boolean | null | undefined } },
  ): OfferValue =>
    'percentage' in given
      ? { percentage: Number(given.percentage.value) }
      : { amount: toMinor(given.fixedAmount.amount, currency), each: given.fixedAmount.appliesToEachItem === true };
  return output.parse(raw).operations.flatMap((operation): DiscountOffer[] => {
    if ('productDiscountsAdd' in operation) {
      demandClass(discount, 'PRODUCT');
      const { selectionStrategy, candidates } = operation.productDiscountsAdd;
      return [
        {
          ...head,
          targetClass: 'PRODUCT',
          strategy: selectionStrategy,
          candidates: candidates.map((candidate) => ({
            message: candidate.message ?? null,
            value: value(candidate.value),
            targets: candidate.targets.map(({ cartLine }) => ({
              lineId: cartLine.id,
              quantity: cartLine.quantity ?? null,
            })),
          })),
        },
      ];
    }
    if ('orderDiscountsAdd' in operation) {
      demandClass(discount, 'ORDER');
      const { selectionStrategy, candidates } = operation.orderDiscountsAdd;
      return [
        {
          ...head,
          targetClass: 'ORDER',
          strategy: selectionStrategy,
          candidates: candidates.map((candidate) => ({
            message: candidate.message ?? null,
            value: value(candidate.value),
            excludedLineIds: candidate.targets[0]?.orderSubtotal.excludedCartLineIds ?? [],
            minimumSubtotal: Math.max(
              0,
              ...(candidate.conditions ?? []).map((condition) =>
                condition.orderMinimumSubtotal ? toMinor(condition.orderMinimumSubtotal.minimumAmount, currency) : 0,
              ),
            ),
          })),
        },
      ];
    }
    return [];
  });
}

/** The output of target `cart.delivery-options.discounts.generate.run`. */
const deliveryOutput = z.strictObject({
  operations: z.array(
    z.strictObject({
      deliveryDiscountsAdd: z.strictObject({
        selectionStrategy: z.literal('ALL'),
        candidates: z
          .array(
            z.strictObject({
              targets: z
                .array(
                  z.union([
                    z.strictObject({ deliveryGroup: z.strictObject({ id: z.string() }) }),
                    z.strictObject({ deliveryOption: z.strictObject({ handle: z.string() }) }),
                  ]),
                )
                .min(1),
              value: percentage,
              message,
            }),
          )
          .min(1),
      }),
    }),
  ),
});

/** Reads what the delivery target answers as offers; the store has one delivery group and one rate. */
export function offersOfDelivery(raw: unknown, discount: SandboxDiscount, code: string | null = null): DiscountOffer[] {
  return deliveryOutput.parse(raw).operations.flatMap(({ deliveryDiscountsAdd }) => {
    demandClass(discount, 'SHIPPING');
    return deliveryDiscountsAdd.candidates.map((candidate): DiscountOffer => ({
      ...headOf(discount, code),
      title: candidate.message ?? code ?? discount.title,
      targetClass: 'SHIPPING',
      percentage: Number(candidate.value.percentage.value),
    }));
  });
}

function demandClass(discount: SandboxDiscount, wanted: 'PRODUCT' | 'ORDER' | 'SHIPPING'): void {
  if (!discount.discountClasses.includes(wanted)) throw new Error(`the discount is not of class ${wanted}`);
}
