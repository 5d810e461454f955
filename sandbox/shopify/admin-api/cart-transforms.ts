import { isAbsent } from '../absent.ts';
import type { SandboxCartTransform, SandboxMetafield } from '../model.ts';
import { inOrder } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { checkMetafield, type MetafieldDraft, writeMetafield } from './metafields.ts';
import { gid, type Problem, refused } from './values.ts';

/** Our Functions' handle or id, of the right kind, or why it cannot be registered. */
function functionFor(context: AdminContext, args: Arguments): { handle: string } | { problem: Problem } {
  const { functionHandle, functionId } = args as { functionHandle?: string | null; functionId?: string | null };
  const problem = (field: string, code: string, message: string) => ({ problem: { field: [field], code, message } });
  if (isAbsent(functionHandle) && isAbsent(functionId))
    return problem(
      'functionHandle',
      'MISSING_FUNCTION_IDENTIFIER',
      'Either function_id or function_handle must be provided.',
    );
  if (!isAbsent(functionHandle) && !isAbsent(functionId))
    return problem('functionHandle', 'MULTIPLE_FUNCTION_IDENTIFIERS', 'Only one function identifier is allowed.');
  const field = isAbsent(functionHandle) ? 'functionId' : 'functionHandle';
  const found = context
    .extensions()
    .functions.find((candidate) => candidate.handle === functionHandle || candidate.id === functionId);
  if (found === undefined) return problem(field, 'FUNCTION_NOT_FOUND', 'Function not found in the current app.');
  if (found.apiType !== 'cart_transform')
    return problem(field, 'FUNCTION_DOES_NOT_IMPLEMENT', 'Function does not implement the cart transform interface.');
  return { handle: found.handle };
}

function create(args: Arguments, context: AdminContext) {
  const chosen = functionFor(context, args);
  if ('problem' in chosen) return refused([chosen.problem], { cartTransform: null });
  if (context.store.cartTransforms.size > 0)
    return refused(
      [{ field: ['functionHandle'], code: 'FUNCTION_ALREADY_REGISTERED', message: 'Could not enable cart transform.' }],
      { cartTransform: null },
    );
  const id = gid('CartTransform', context.store.nextId());
  const metafields: SandboxMetafield[] = [];
  const drafts = (args['metafields'] ?? []) as readonly Omit<MetafieldDraft, 'ownerId'>[];
  for (const [index, draft] of drafts.entries()) {
    const checked = checkMetafield(
      context,
      { ...draft, ownerId: id, namespace: draft.namespace ?? null, type: draft.type ?? null },
      ['metafields', index.toString()],
      true,
    );
    if ('problem' in checked)
      return refused([{ ...checked.problem, code: 'INVALID_METAFIELDS' }], { cartTransform: null });
    metafields.push(checked.metafield);
  }
  const cartTransform = context.store.put('cartTransforms', {
    id,
    functionHandle: chosen.handle,
    blockOnFailure: args['blockOnFailure'] === true,
  });
  for (const metafield of metafields) writeMetafield(context, metafield);
  return { cartTransform, userErrors: [] };
}

export const cartTransformMutations: Resolvers<unknown> = {
  'Mutation.cartTransformCreate': (_source, args, context) => create(args, context),
  'Mutation.cartTransformDelete': (_source, args, context) => {
    const known = context.store.cartTransforms.get(args['id'] as string);
    if (known === undefined)
      return refused([{ field: ['id'], code: 'NOT_FOUND', message: 'Could not find cart transform.' }], {
        deletedId: null,
      });
    for (const metafield of context.store.metafieldsOf(known.id)) context.store.remove('metafields', metafield.id);
    context.store.remove('cartTransforms', known.id);
    return { deletedId: known.id, userErrors: [] };
  },
};

export const cartTransformResolvers: Resolvers<SandboxCartTransform> = {
  'CartTransform.functionId': (transform, _args, context) =>
    context.extensions().functions.find((candidate) => candidate.handle === transform.functionHandle)?.id ?? '',
};

export const cartTransformLists: Listers<unknown> = {
  'QueryRoot.cartTransforms': (_source, _args, context) =>
    inOrder([...context.store.cartTransforms.values()], (transform) => transform.id),
};
