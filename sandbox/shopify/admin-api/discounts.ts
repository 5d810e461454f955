import type { SandboxDiscount, SandboxMetafield } from '../model.ts';
import { sorted } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { checkMetafield, writeMetafield, type MetafieldDraft } from './metafields.ts';
import { search } from './search.ts';
import { gid, refused, type Problem } from './values.ts';
import { isAbsent } from '../absent.ts';

interface AppDiscountInput {
  readonly title?: string | null;
  readonly functionHandle?: string | null;
  readonly functionId?: string | null;
  readonly startsAt?: string | null;
  readonly endsAt?: string | null;
  readonly discountClasses?: readonly ('PRODUCT' | 'ORDER' | 'SHIPPING')[] | null;
  readonly combinesWith?: {
    readonly orderDiscounts?: boolean;
    readonly productDiscounts?: boolean;
    readonly shippingDiscounts?: boolean;
  } | null;
  readonly metafields?: readonly Omit<MetafieldDraft, 'ownerId'>[] | null;
}

/** A store holds at most 25 active app discounts. */
const activeLimit = 25;
const isAutomatic = (discount: SandboxDiscount): boolean => discount.kind === 'automatic-app';

export function discountStatus(discount: SandboxDiscount, now: Date): 'ACTIVE' | 'EXPIRED' | 'SCHEDULED' {
  if (Date.parse(discount.startsAt) > now.getTime()) return 'SCHEDULED';
  return discount.endsAt !== null && Date.parse(discount.endsAt) <= now.getTime() ? 'EXPIRED' : 'ACTIVE';
}

const typeNames = {
  'automatic-app': 'DiscountAutomaticApp',
  'code-app': 'DiscountCodeApp',
  'code-basic': 'DiscountCodeBasic',
} as const;

const whole = (discount: SandboxDiscount) => ({
  __typename: typeNames[discount.kind],
  ...discount,
});

export const discountResolvers: Resolvers<SandboxDiscount> = {
  'DiscountAutomaticNode.automaticDiscount': whole,
  'DiscountNode.discount': whole,
  'DiscountAutomaticApp.discountId': (discount) => discount.id,
  'DiscountAutomaticApp.status': (discount, _args, context) => discountStatus(discount, context.store.now()),
  'DiscountAutomaticApp.appliesOnOneTimePurchase': () => true,
  'DiscountAutomaticApp.appliesOnSubscription': () => true,
  'DiscountAutomaticApp.asyncUsageCount': (discount, _args, context) =>
    [...context.store.orders.values()].filter((order) =>
      order.discountApplications.some((applied) => applied.title === discount.title),
    ).length,
  'DiscountAutomaticApp.recurringCycleLimit': () => 1,
  'DiscountAutomaticApp.tags': () => [],
  'DiscountAutomaticApp.errorHistory': () => null,
  'DiscountAutomaticApp.appDiscountType': (discount, _args, context) => {
    const found = context.extensions().functions.find((candidate) => candidate.handle === discount.functionHandle);
    return {
      functionId: found?.id ?? '',
      appKey: context.apiKey,
      title: found?.title ?? discount.title,
      description: null,
      discountClasses: discount.discountClasses,
    };
  },
  'DiscountCombinesWith.productDiscountsWithTagsOnSameCartLine': () => null,
};

function check(
  context: AdminContext,
  input: AppDiscountInput,
  known: SandboxDiscount | null,
): { problems: Problem[]; functionHandle: string } {
  const problems: Problem[] = [];
  const at = (field: string, code: string, message: string): void =>
    void problems.push({ field: ['automaticAppDiscount', field], code, message });
  const functions = context.extensions().functions;
  if (!isAbsent(input.functionHandle) && !isAbsent(input.functionId))
    at('functionHandle', 'MULTIPLE_FUNCTION_IDENTIFIERS', 'Only one of functionId or functionHandle is allowed.');
  const given = functions.find(
    (candidate) => candidate.handle === input.functionHandle || candidate.id === input.functionId,
  );
  if (isAbsent(input.functionHandle) && isAbsent(input.functionId)) {
    if (known === null)
      at('functionHandle', 'MISSING_FUNCTION_IDENTIFIER', 'Either functionId or functionHandle must be provided.');
  } else if (given === undefined)
    at(
      isAbsent(input.functionHandle) ? 'functionId' : 'functionHandle',
      'INVALID',
      'Function not found. Ensure that it is released in the current app (' +
        context.apiKey +
        '), and that the app is installed.',
    );
  const title = input.title ?? known?.title ?? '';
  if (title.trim() === '') at('title', 'BLANK', "Title can't be blank.");
  else if (title.length > 255) at('title', 'TOO_LONG', 'Title is too long (maximum is 255 characters)');
  else if (
    [...context.store.discounts.values()].some(
      (other) => isAutomatic(other) && other.title === title && other.id !== known?.id,
    )
  )
    at('title', 'TAKEN', 'Title must be unique for automatic discount.');
  const startsAt = input.startsAt ?? known?.startsAt;
  if (startsAt === undefined) at('startsAt', 'BLANK', "Starts at can't be blank.");
  else if (!isAbsent(input.endsAt) && Date.parse(input.endsAt) <= Date.parse(startsAt))
    at('endsAt', 'END_DATE_BEFORE_START_DATE', 'Ends at needs to be after starts_at');
  if (known === null && (input.discountClasses ?? []).length === 0)
    at('discountClasses', 'BLANK', "Discount classes can't be blank.");
  if (
    known === null &&
    [...context.store.discounts.values()].filter(
      (other) => isAutomatic(other) && discountStatus(other, context.store.now()) === 'ACTIVE',
    ).length >= activeLimit
  )
    at('base', 'MAX_APP_DISCOUNTS', `Exceeded maximum number of ${activeLimit.toString()} active discount functions.`);
  return { problems, functionHandle: given?.handle ?? known?.functionHandle ?? '' };
}

function save(context: AdminContext, input: AppDiscountInput, known: SandboxDiscount | null) {
  const { problems, functionHandle } = check(context, input, known);
  const id = known?.id ?? gid('DiscountAutomaticNode', context.store.nextId());
  const metafields: SandboxMetafield[] = [];
  for (const [index, draft] of (input.metafields ?? []).entries()) {
    const checked = checkMetafield(
      context,
      { ...draft, ownerId: id, namespace: draft.namespace ?? null, type: draft.type ?? null },
      ['automaticAppDiscount', 'metafields', index.toString()],
      true,
    );
    if ('problem' in checked) problems.push({ ...checked.problem, code: 'INVALID' });
    else metafields.push(checked.metafield);
  }
  if (problems.length > 0) return refused(problems, { automaticAppDiscount: null });
  const now = context.store.now().toISOString();
  const discount = context.store.put('discounts', {
    id,
    kind: 'automatic-app',
    functionHandle,
    code: null,
    value: null,
    title: input.title ?? known?.title ?? '',
    discountClasses: [...(input.discountClasses ?? known?.discountClasses ?? [])],
    combinesWith: {
      orderDiscounts: input.combinesWith?.orderDiscounts ?? known?.combinesWith.orderDiscounts ?? false,
      productDiscounts: input.combinesWith?.productDiscounts ?? known?.combinesWith.productDiscounts ?? false,
      shippingDiscounts: input.combinesWith?.shippingDiscounts ?? known?.combinesWith.shippingDiscounts ?? false,
    },
    startsAt: input.startsAt ?? known?.startsAt ?? now,
    endsAt: input.endsAt === undefined ? (known?.endsAt ?? null) : input.endsAt,
    createdAt: known?.createdAt ?? now,
    updatedAt: known?.updatedAt ?? now,
  });
  for (const metafield of metafields) writeMetafield(context, metafield);
  return { automaticAppDiscount: discount, userErrors: [] };
}

const find = (context: AdminContext, args: Arguments): SandboxDiscount | null =>
  context.store.discounts.get(args['id'] as string) ?? null;
const missing = (rest: Record<string, unknown>) =>
  refused([{ field: ['id'], code: 'INVALID', message: 'Discount does not exist' }], rest);

export const discountMutations: Resolvers<unknown> = {
  'Mutation.discountAutomaticAppCreate': (_source, args, context) =>
    save(context, args['automaticAppDiscount'] as AppDiscountInput, null),
  'Mutation.discountAutomaticAppUpdate': (_source, args, context) => {
    const known = find(context, args);
    return known === null
      ? missing({ automaticAppDiscount: null })
      : save(context, args['automaticAppDiscount'] as AppDiscountInput, known);
  },
  'Mutation.discountAutomaticDelete': (_source, args, context) => {
    const known = find(context, args);
    if (known === null || !isAutomatic(known)) return missing({ deletedAutomaticDiscountId: null });
    for (const metafield of context.store.metafieldsOf(known.id)) context.store.remove('metafields', metafield.id);
    context.store.remove('discounts', known.id);
    return { deletedAutomaticDiscountId: known.id, userErrors: [] };
  },
};

const list =
  (path: string, wanted: (discount: SandboxDiscount) => boolean): Listers<unknown>[string] =>
  (_source, args, context) =>
    sorted(
      search(
        [...context.store.discounts.values()].filter(wanted),
        args,
        {
          default: { kind: 'text', of: (discount) => discount.title },
          title: { kind: 'text', of: (discount) => discount.title },
          id: { kind: 'id', of: (discount) => /\d+$/.exec(discount.id)?.[0] ?? '0' },
          status: { kind: 'text', of: (discount) => discountStatus(discount, context.store.now()) },
          type: { kind: 'text', of: (discount) => (discount.kind === 'code-basic' ? 'percentage' : 'app') },
          method: { kind: 'text', of: (discount) => (isAutomatic(discount) ? 'automatic' : 'code') },
        },
        path,
        context,
      ),
      args,
      {
        ID: () => '',
        CREATED_AT: (discount) => discount.createdAt,
        UPDATED_AT: (discount) => discount.updatedAt,
        TITLE: (discount) => discount.title,
        STARTS_AT: (discount) => discount.startsAt,
      },
      'CREATED_AT',
    );

export const discountLists: Listers<unknown> = {
  'QueryRoot.automaticDiscountNodes': list('automaticDiscountNodes', isAutomatic),
  'QueryRoot.discountNodes': list('discountNodes', () => true),
  'QueryRoot.codeDiscountNodes': list('codeDiscountNodes', (discount) => !isAutomatic(discount)),
};

export const discountQueries: Resolvers<unknown> = {
  'QueryRoot.automaticDiscountNode': (_source, args, context) => find(context, args),
  'QueryRoot.discountNode': (_source, args, context) => find(context, args),
};
