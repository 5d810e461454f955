import { z } from 'zod';
import type { SandboxDiscount, SandboxStore } from '../model.ts';
import { inOrder } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { discountStatus } from './discounts.ts';
import { gid, idIn, type Problem, refused } from './values.ts';

/** The part of DiscountCodeBasicInput that the sandbox prices: a percentage off named variants. */
const basicInput = z.object({
  title: z.string().trim().min(1).max(255),
  code: z.string().trim().min(1).max(255),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date().nullish(),
  usageLimit: z.number().int().positive().nullish(),
  combinesWith: z
    .object({
      orderDiscounts: z.boolean().default(false),
      productDiscounts: z.boolean().default(false),
      shippingDiscounts: z.boolean().default(false),
    })
    .default({ orderDiscounts: false, productDiscounts: false, shippingDiscounts: false }),
  context: z.object({ all: z.literal('ALL') }),
  customerGets: z.object({
    value: z.object({ percentage: z.number().gt(0).max(1) }),
    items: z.object({ products: z.object({ productVariantsToAdd: z.array(z.string()).min(1).max(100) }) }),
  }),
});

/** How often a code was used: once for each order that carries it, cancelled ones included. */
export function usesOf(store: SandboxStore, code: string): number {
  const same = code.toLowerCase();
  return [...store.orders.values()].filter((order) =>
    order.discountApplications.some((applied) => applied.kind === 'CODE' && applied.title.toLowerCase() === same),
  ).length;
}

export function byCode(context: AdminContext, code: string): SandboxDiscount | null {
  const same = code.toLowerCase();
  const basic = [...context.store.discounts.values()].find((discount) => discount.code?.toLowerCase() === same);
  if (basic) return basic;
  const redeem = [...context.store.redeemCodes.values()].find((one) => one.code.toLowerCase() === same);
  return redeem ? (context.store.discounts.get(redeem.discountId) ?? null) : null;
}

function create(context: AdminContext, args: Arguments) {
  const refuse = (problem: Problem) => refused([problem], { codeDiscountNode: null });
  const parsed = basicInput.safeParse(args['basicCodeDiscount']);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = ['basicCodeDiscount', ...(issue?.path.map(String) ?? [])];
    return refuse({ field, code: 'INVALID', message: issue?.message ?? 'is invalid' });
  }
  const { code, title, startsAt, endsAt = null, usageLimit = null, combinesWith, customerGets } = parsed.data;
  if (byCode(context, code))
    return refuse({
      field: ['basicCodeDiscount', 'code'],
      code: 'TAKEN',
      message: 'Code must be unique. Please try a different code.',
    });
  if (endsAt !== null && endsAt <= startsAt)
    return refuse({
      field: ['basicCodeDiscount', 'endsAt'],
      code: 'END_DATE_BEFORE_START_DATE',
      message: 'Ends at needs to be after starts_at',
    });
  const variantIds = customerGets.items.products.productVariantsToAdd.map((id) => idIn(id, 'ProductVariant'));
  const unknown = variantIds.findIndex((id) => id === null || context.store.variant(id) === null);
  if (unknown >= 0)
    return refuse({
      field: ['basicCodeDiscount', 'customerGets', 'items', 'products', 'productVariantsToAdd', unknown.toString()],
      code: 'INVALID',
      message: 'Product variant with this id is invalid',
    });
  const now = context.store.now().toISOString();
  const made = context.store.put('discounts', {
    id: gid('DiscountCodeNode', context.store.nextId()),
    kind: 'code-basic',
    title,
    functionHandle: null,
    code,
    value: customerGets.value,
    variantIds: variantIds.flatMap((id) => id ?? []),
    usageLimit,
    discountClasses: ['PRODUCT'],
    combinesWith,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    createdAt: now,
    updatedAt: now,
  });
  return { codeDiscountNode: made, userErrors: [] };
}

export const codeDiscountResolvers: Resolvers<SandboxDiscount> = {
  'DiscountCodeNode.codeDiscount': (discount) => ({
    __typename: discount.kind === 'code-app' ? 'DiscountCodeApp' : 'DiscountCodeBasic',
    ...discount,
  }),
  'DiscountCodeBasic.customerGets': ({ value }, _args, context) => ({
    value:
      value !== null && 'percentage' in value
        ? { __typename: 'DiscountPercentage', percentage: value.percentage }
        : {
            __typename: 'DiscountAmount',
            appliesOnEachItem: false,
            amount: { amount: value?.amount ?? '0', currencyCode: context.store.shop.currency },
          },
  }),
  'DiscountCodeBasic.usageLimit': ({ usageLimit }) => usageLimit ?? null,
  'DiscountCodeBasic.status': (discount, _args, context) => discountStatus(discount, context.store.now()),
  'DiscountCodeBasic.asyncUsageCount': (discount, _args, context) => usesOf(context.store, discount.code ?? ''),
};

export const codeDiscountMutations: Resolvers<unknown> = {
  'Mutation.discountCodeBasicCreate': (_source, args, context) => create(context, args),
  'Mutation.discountCodeDelete': (_source, args, context) => {
    const known = context.store.discounts.get(args['id'] as string);
    if (known === undefined || known.kind === 'automatic-app')
      return refused([{ field: ['id'], code: 'INVALID', message: 'Discount does not exist' }], {
        deletedCodeDiscountId: null,
      });
    for (const one of context.store.redeemCodes.values())
      if (one.discountId === known.id) context.store.remove('redeemCodes', one.id);
    for (const metafield of context.store.metafieldsOf(known.id)) context.store.remove('metafields', metafield.id);
    context.store.remove('discounts', known.id);
    return { deletedCodeDiscountId: known.id, userErrors: [] };
  },
};

export const codeDiscountLists: Listers<unknown> = {
  'DiscountCodeBasic.codes': (discount) => {
    const { id, code } = discount as SandboxDiscount;
    const own = code === null ? [] : [{ id: id.replace('DiscountCodeNode', 'DiscountRedeemCode'), code }];
    return inOrder(own, (one) => one.id);
  },
};

export const codeDiscountQueries: Resolvers<unknown> = {
  'QueryRoot.codeDiscountNodeByCode': (_source, args, context) => byCode(context, args['code'] as string),
};
