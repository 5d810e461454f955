import { z } from 'zod';
import type { SandboxDiscount, SandboxRedeemCode, SandboxStore } from '../model.ts';
import { byCode, usesOf } from './code-discounts.ts';
import { inOrder } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { discountStatus } from './discounts.ts';
import { checkMetafield, writeMetafield, type MetafieldDraft } from './metafields.ts';
import { gid, type Problem, refused } from './values.ts';

const combination = z.boolean().default(false);
/** The part of DiscountCodeAppInput that the sandbox keeps. */
const appInput = z.object({
  title: z.string().trim().min(1).max(255),
  code: z.string().trim().min(1).max(255),
  functionHandle: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date().nullish(),
  usageLimit: z.number().int().positive().nullish(),
  discountClasses: z.array(z.enum(['PRODUCT', 'ORDER', 'SHIPPING'])).min(1),
  combinesWith: z
    .object({ orderDiscounts: combination, productDiscounts: combination, shippingDiscounts: combination })
    .prefault({}),
  context: z.object({ all: z.literal('ALL') }),
});

/** One creation of many codes, as it ended. Shopify works behind the scenes; here it is done at once. */
interface Creation {
  readonly id: string;
  readonly done: true;
  readonly codesCount: number;
  readonly importedCount: number;
  readonly failedCount: number;
  readonly discountId: string;
  readonly results: readonly { code: string; discountRedeemCode: SandboxRedeemCode | null; errors: object[] }[];
}
const creations = new WeakMap<SandboxStore, Map<string, Creation>>();
/** Codes that one call takes. Source: shopify.dev, discountRedeemCodeBulkAdd. */
const codesAtOnce = 250;

const taken = { field: ['code'], code: 'TAKEN', message: 'Code must be unique. Please try a different code.' };

function create(context: AdminContext, args: Arguments) {
  const { store } = context;
  const refuse = (problem: Problem) => refused([problem], { codeAppDiscount: null });
  const given = args['codeAppDiscount'] as { metafields?: Omit<MetafieldDraft, 'ownerId'>[] | null };
  const parsed = appInput.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = ['codeAppDiscount', ...(issue?.path.map(String) ?? [])];
    return refuse({ field, code: 'INVALID', message: issue?.message ?? 'is invalid' });
  }
  const { code, title, functionHandle, startsAt, endsAt, usageLimit, discountClasses, combinesWith } = parsed.data;
  if (!context.extensions().functions.some(({ handle }) => handle === functionHandle))
    return refuse({ field: ['codeAppDiscount', 'functionHandle'], code: 'INVALID', message: 'Function not found.' });
  if (byCode(context, code)) return refuse({ ...taken, field: ['codeAppDiscount', 'code'] });
  if (endsAt && endsAt <= startsAt)
    return refuse({
      field: ['codeAppDiscount', 'endsAt'],
      code: 'END_DATE_BEFORE_START_DATE',
      message: 'Ends at needs to be after starts_at',
    });
  const id = gid('DiscountCodeNode', store.nextId());
  const metafields = (given.metafields ?? []).map((draft, index) =>
    checkMetafield(
      context,
      { ...draft, ownerId: id, namespace: draft.namespace ?? null, type: draft.type ?? null },
      ['codeAppDiscount', 'metafields', index.toString()],
      true,
    ),
  );
  const problem = metafields.find((checked) => 'problem' in checked);
  if (problem && 'problem' in problem) return refuse({ ...problem.problem, code: 'INVALID' });
  const now = store.now().toISOString();
  const discount = store.put('discounts', {
    id,
    kind: 'code-app',
    title,
    functionHandle,
    code: null,
    value: null,
    usageLimit: usageLimit ?? null,
    discountClasses,
    combinesWith,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    createdAt: now,
    updatedAt: now,
  });
  for (const checked of metafields) if ('metafield' in checked) writeMetafield(context, checked.metafield);
  addCode(store, id, code);
  return { codeAppDiscount: discount, userErrors: [] };
}

const addCode = (store: AdminContext['store'], discountId: string, code: string): SandboxRedeemCode =>
  store.put('redeemCodes', { id: gid('DiscountRedeemCode', store.nextId()), discountId, code });

const findCodeApp = (context: AdminContext, id: unknown): SandboxDiscount | null => {
  const found = context.store.discounts.get(id as string);
  return found?.kind === 'code-app' ? found : null;
};

/** What an update may change here; the schema's own defaults come with it. */
const updateInput = z.object({ combinesWith: appInput.shape.combinesWith });

function update(context: AdminContext, args: Arguments) {
  const known = findCodeApp(context, args['id']);
  const refuse = (field: string, message: string) =>
    refused([{ field: [field], code: 'INVALID', message }], { codeAppDiscount: null });
  if (!known) return refuse('id', 'Discount does not exist');
  const parsed = updateInput.safeParse(args['codeAppDiscount']);
  if (!parsed.success) return refuse('codeAppDiscount', parsed.error.issues[0]?.message ?? 'is invalid');
  const updatedAt = context.store.now().toISOString();
  const discount = context.store.put('discounts', { ...known, ...parsed.data, updatedAt });
  return { codeAppDiscount: discount, userErrors: [] };
}

function addCodes(context: AdminContext, args: Arguments) {
  const { store } = context;
  const discount = findCodeApp(context, args['discountId']);
  const refuse = (field: string, message: string) =>
    refused([{ field: [field], code: 'INVALID', message }], { bulkCreation: null });
  if (!discount) return refuse('discountId', 'Discount does not exist');
  const codes = (args['codes'] as { code: string }[]).map(({ code }) => code.trim());
  if (codes.length === 0 || codes.length > codesAtOnce)
    return refuse('codes', `Codes must be between 1 and ${codesAtOnce.toString()}`);
  const known = new Set([
    ...[...store.redeemCodes.values()].map(({ code }) => code.toLowerCase()),
    ...[...store.discounts.values()].flatMap(({ code }) => code?.toLowerCase() ?? []),
  ]);
  const results = codes.map((code) => {
    if (known.has(code.toLowerCase())) return { code, discountRedeemCode: null, errors: [taken] };
    known.add(code.toLowerCase());
    return { code, discountRedeemCode: addCode(store, discount.id, code), errors: [] };
  });
  const creation: Creation = {
    id: gid('DiscountRedeemCodeBulkCreation', store.nextId()),
    done: true,
    codesCount: results.length,
    importedCount: results.filter(({ errors }) => errors.length === 0).length,
    failedCount: results.filter(({ errors }) => errors.length > 0).length,
    discountId: discount.id,
    results,
  };
  const own = creations.get(store) ?? new Map<string, Creation>();
  creations.set(store, own.set(creation.id, creation));
  return { bulkCreation: creation, userErrors: [] };
}

function removeCodes(context: AdminContext, args: Arguments) {
  const discount = findCodeApp(context, args['discountId']);
  if (!discount)
    return refused([{ field: ['discountId'], code: 'INVALID', message: 'Discount does not exist' }], { job: null });
  for (const id of (args['ids'] as string[] | null | undefined) ?? []) {
    if (context.store.redeemCodes.get(id)?.discountId === discount.id) context.store.remove('redeemCodes', id);
  }
  return { job: { id: gid('Job', context.store.nextId()), done: true }, userErrors: [] };
}

const codesOf = (store: SandboxStore, discountId: string): SandboxRedeemCode[] =>
  [...store.redeemCodes.values()].filter((one) => one.discountId === discountId);

export const codeAppResolvers: Resolvers<SandboxDiscount> = {
  'DiscountCodeApp.discountId': (discount) => discount.id,
  'DiscountCodeApp.status': (discount, _args, context) => discountStatus(discount, context.store.now()),
  'DiscountCodeApp.asyncUsageCount': (discount, _args, context) =>
    codesOf(context.store, discount.id).reduce((sum, { code }) => sum + usesOf(context.store, code), 0),
};

export const codeAppMutations: Resolvers<unknown> = {
  'Mutation.discountCodeAppCreate': (_source, args, context) => create(context, args),
  'Mutation.discountCodeAppUpdate': (_source, args, context) => update(context, args),
  'Mutation.discountRedeemCodeBulkAdd': (_source, args, context) => addCodes(context, args),
  'Mutation.discountCodeRedeemCodeBulkDelete': (_source, args, context) => removeCodes(context, args),
};

export const codeAppQueries: Resolvers<unknown> = {
  'QueryRoot.discountRedeemCodeBulkCreation': (_source, args, context) =>
    creations.get(context.store)?.get(args['id'] as string) ?? null,
  'DiscountRedeemCode.asyncUsageCount': ((one: SandboxRedeemCode, _args: Arguments, context: AdminContext) =>
    usesOf(context.store, one.code)) as Resolvers<unknown>[string],
};

/** The search of codes knows `code:` alone. */
function listCodes(discount: SandboxDiscount, args: Arguments, context: AdminContext) {
  const wanted = /^code:"?([^"\s]+)"?$/.exec((args['query'] as string | null | undefined) ?? '')?.[1]?.toLowerCase();
  const codes = codesOf(context.store, discount.id);
  return inOrder(
    wanted === undefined ? codes : codes.filter(({ code }) => code.toLowerCase() === wanted),
    ({ id }) => id,
  );
}

export const codeAppLists: Listers<unknown> = {
  'DiscountCodeApp.codes': (discount, args, context) => listCodes(discount as SandboxDiscount, args, context),
  'DiscountRedeemCodeBulkCreation.codes': (creation) =>
    inOrder([...(creation as Creation).results], ({ code }) => code),
};
