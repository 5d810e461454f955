import { isAbsent } from '../absent.ts';
import type { SandboxValidation } from '../validation.ts';
import { inOrder } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { gid, refused } from './values.ts';

/** Rules that may be on at a time. Source: shopify.dev, Cart and Checkout Validation. */
const mostEnabled = 25;

const notFound = [{ field: ['id'], code: 'NOT_FOUND', message: 'Validation not found.' }];
const full = [
  {
    field: ['validation'],
    code: 'MAX_VALIDATIONS_ACTIVATED',
    message: `Cannot have more than ${mostEnabled.toString()} active validation functions.`,
  },
];
const enabledOf = (context: AdminContext): number =>
  [...context.store.validations.values()].filter(({ enabled }) => enabled).length;

function create(args: Arguments, context: AdminContext) {
  const { functionHandle, functionId, title, enable, blockOnFailure } = args['validation'] as {
    functionHandle?: string | null;
    functionId?: string | null;
    title?: string | null;
    enable?: boolean | null;
    blockOnFailure?: boolean | null;
  };
  const problem = (field: string, code: string, message: string) =>
    refused([{ field: ['validation', field], code, message }], { validation: null });
  if (isAbsent(functionHandle) && isAbsent(functionId))
    return problem('functionHandle', 'MISSING_FUNCTION_IDENTIFIER', 'Either function_id or function_handle is needed.');
  if (!isAbsent(functionHandle) && !isAbsent(functionId))
    return problem('functionHandle', 'MULTIPLE_FUNCTION_IDENTIFIERS', 'Only one function identifier is allowed.');
  const found = context
    .extensions()
    .functions.find((candidate) => candidate.handle === functionHandle || candidate.id === functionId);
  if (found === undefined) return problem('functionHandle', 'NOT_FOUND', 'Function not found.');
  if (found.apiType !== 'cart_checkout_validation')
    return problem('functionHandle', 'FUNCTION_DOES_NOT_IMPLEMENT', 'Function does not implement this interface.');
  if (enable === true && enabledOf(context) >= mostEnabled) return refused(full, { validation: null });
  const validation = context.store.put('validations', {
    id: gid('Validation', context.store.nextId()),
    functionHandle: found.handle,
    title: title ?? found.title,
    enabled: enable === true,
    blockOnFailure: blockOnFailure === true,
  });
  return { validation, userErrors: [] };
}

function update(args: Arguments, context: AdminContext) {
  const known = context.store.validations.get(args['id'] as string);
  if (known === undefined) return refused(notFound, { validation: null });
  const { title, enable, blockOnFailure } = args['validation'] as {
    title?: string | null;
    enable?: boolean | null;
    blockOnFailure?: boolean | null;
  };
  if (enable === true && !known.enabled && enabledOf(context) >= mostEnabled)
    return refused(full, { validation: null });
  // What is left out is switched off, as the real mutation does.
  const validation = context.store.put('validations', {
    ...known,
    title: title ?? known.title,
    enabled: enable === true,
    blockOnFailure: blockOnFailure === true,
  });
  return { validation, userErrors: [] };
}

export const validationMutations: Resolvers<unknown> = {
  'Mutation.validationCreate': (_source, args, context) => create(args, context),
  'Mutation.validationUpdate': (_source, args, context) => update(args, context),
  'Mutation.validationDelete': (_source, args, context) => {
    const known = context.store.validations.get(args['id'] as string);
    if (known === undefined) return refused(notFound, { deletedId: null });
    context.store.remove('validations', known.id);
    return { deletedId: known.id, userErrors: [] };
  },
};

export const validationResolvers: Resolvers<SandboxValidation> = {
  'Validation.shopifyFunction': (validation, _args, context) =>
    context.extensions().functions.find((candidate) => candidate.handle === validation.functionHandle) ?? null,
  'Validation.errorHistory': () => null,
};

export const validationLists: Listers<unknown> = {
  'QueryRoot.validations': (_source, _args, context) =>
    inOrder([...context.store.validations.values()], (validation) => validation.id),
};
