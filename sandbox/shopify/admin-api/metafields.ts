import { createHash } from 'node:crypto';
import type { SandboxMetafield } from '../model.ts';
import { inOrder } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import {
  knownTypes,
  ownerExists,
  ownerScopes,
  ownerTypes,
  sizeLimit,
  typeOfGid,
  valueProblem,
} from './metafield-values.ts';
import { gid, refused, type Problem } from './values.ts';
import { isAbsent } from '../absent.ts';

const digestOf = (value: string): string => createHash('sha256').update(value).digest('hex');

/** `$app` and `$app:x` as the API stores them; another app's reserved namespace is refused by the caller. */
export function resolveNamespace(context: Pick<AdminContext, 'store'>, namespace: string | null): string {
  const own = context.store.appNamespace();
  if (namespace === null || namespace === '$app') return own;
  return namespace.startsWith('$app:') ? `${own}--${namespace.slice(5)}` : namespace;
}

export interface MetafieldDraft {
  readonly ownerId: string;
  readonly namespace: string | null;
  readonly key: string;
  readonly type: string | null;
  readonly value: string;
  readonly compareDigest?: string | null;
}

/** Checks one metafield as metafieldsSet does. `path` is the place in the input. */
export function checkMetafield(
  context: AdminContext,
  draft: MetafieldDraft,
  path: readonly string[],
  isNewOwner = false,
): { problem: Problem } | { metafield: SandboxMetafield } {
  const namespace = resolveNamespace(context, draft.namespace);
  const problem = (field: string, code: string, message: string) => ({
    problem: { field: [...path, field], code, message },
  });
  const scope = ownerScopes[typeOfGid(draft.ownerId)];
  if (scope === undefined || (!isNewOwner && !ownerExists(context, draft.ownerId)))
    return problem('ownerId', 'INVALID', 'Owner does not exist.');
  if (scope !== null && !context.scopes.has(scope))
    return problem('ownerId', 'APP_NOT_AUTHORIZED', `Access to this owner requires the ${scope} access scope.`);
  if (namespace.startsWith('app--') && !namespace.startsWith(context.store.appNamespace()))
    return problem(
      'namespace',
      'APP_NOT_AUTHORIZED',
      'Access to this namespace and key on Metafields for this resource type is not allowed.',
    );
  if (namespace.length < 3) return problem('namespace', 'TOO_SHORT', 'is too short (minimum is 3 characters)');
  if (namespace.length > 255) return problem('namespace', 'TOO_LONG', 'is too long (maximum is 255 characters)');
  if (draft.key.length < 2) return problem('key', 'TOO_SHORT', 'is too short (minimum is 2 characters)');
  if (draft.key.length > 64) return problem('key', 'TOO_LONG', 'is too long (maximum is 64 characters)');
  if (!/^[A-Za-z0-9_-]+$/.test(draft.key))
    return problem('key', 'INVALID', 'must only contain letters, numbers, underscores and dashes');
  const known = context.store.metafield(draft.ownerId, namespace, draft.key);
  const type = draft.type ?? known?.type ?? null;
  if (type === null) return problem('type', 'BLANK', "Type can't be blank.");
  if (!knownTypes.has(type.replace(/^list\./, '')))
    return problem('type', 'INCLUSION', 'Type is not included in the list.');
  if (known !== null && known.type !== type)
    return problem('type', 'INVALID_TYPE', `Type must be ${known.type}, as the metafield was created.`);
  if (draft.value === '') return problem('value', 'BLANK', "Value can't be blank.");
  if (Buffer.byteLength(draft.value) > sizeLimit)
    return problem('value', 'TOO_LONG', `Value is too long (maximum is ${sizeLimit.toString()} bytes).`);
  const wrong = valueProblem(context, type, draft.value);
  if (wrong !== null) return problem('value', 'INVALID_VALUE', wrong);
  if (!isAbsent(draft.compareDigest) && draft.compareDigest !== (known === null ? null : digestOf(known.value)))
    return problem(
      'compareDigest',
      'STALE_OBJECT',
      'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
    );
  return {
    metafield: {
      id: known?.id ?? context.store.nextId(),
      ownerId: draft.ownerId,
      namespace,
      key: draft.key,
      type,
      value: draft.value,
      updatedAt: known?.updatedAt ?? context.store.now().toISOString(),
    },
  };
}

function metafieldsSet(_source: unknown, args: Arguments, context: AdminContext) {
  const drafts = args['metafields'] as MetafieldDraft[];
  if (drafts.length > 25)
    return refused(
      [
        {
          field: ['metafields'],
          code: 'LESS_THAN_OR_EQUAL_TO',
          message: 'Exceeded the maximum metafields input limit of 25.',
        },
      ],
      { metafields: null },
    );
  const problems: Problem[] = [];
  const accepted: SandboxMetafield[] = [];
  for (const [index, draft] of drafts.entries()) {
    const checked = checkMetafield(
      context,
      { ...draft, namespace: draft.namespace ?? null, type: draft.type ?? null },
      ['metafields', index.toString()],
    );
    if ('problem' in checked) problems.push({ ...checked.problem, elementIndex: index });
    else accepted.push(checked.metafield);
  }
  // All or nothing, as the real mutation is.
  if (problems.length > 0) return refused(problems, { metafields: [] });
  return { metafields: accepted.map((metafield) => writeMetafield(context, metafield)), userErrors: [] };
}

/** Setting the value that is there already changes nothing, not even `updatedAt`. */
export function writeMetafield(context: Pick<AdminContext, 'store'>, metafield: SandboxMetafield): SandboxMetafield {
  const known = context.store.metafields.get(metafield.id);
  return known?.value === metafield.value ? known : context.store.put('metafields', metafield);
}

function metafieldsDelete(_source: unknown, args: Arguments, context: AdminContext) {
  const asked = args['metafields'] as { ownerId: string; namespace: string; key: string }[];
  const deletedMetafields = asked.map(({ ownerId, namespace, key }) => {
    const scope = ownerScopes[typeOfGid(ownerId)];
    const found = context.store.metafield(ownerId, resolveNamespace(context, namespace), key);
    if (found === null || (typeof scope === 'string' && !context.scopes.has(scope))) return null;
    context.store.remove('metafields', found.id);
    return { ownerId, namespace: found.namespace, key };
  });
  return { deletedMetafields, userErrors: [] };
}

export const metafieldMutations: Resolvers<unknown> = {
  'Mutation.metafieldsSet': metafieldsSet,
  'Mutation.metafieldsDelete': metafieldsDelete,
};

const ownerOf: Readonly<Record<string, (source: { id: string }) => string>> = {
  Product: (source) => gid('Product', source.id),
  ProductVariant: (source) => gid('ProductVariant', source.id),
  Collection: (source) => gid('Collection', source.id),
  Customer: (source) => gid('Customer', source.id),
  Order: (source) => gid('Order', source.id),
  AppInstallation: (source) => gid('AppInstallation', source.id),
  DiscountAutomaticNode: (source) => source.id,
  DiscountNode: (source) => source.id,
  DiscountCodeNode: (source) => source.id,
  CartTransform: (source) => source.id,
  Shop: (source) => gid('Shop', source.id),
};

export const ownedMetafield: Resolvers<{ id: string }> = Object.fromEntries(
  Object.entries(ownerOf).map(([type, owner]) => [
    `${type}.metafield`,
    (source: { id: string }, args: Arguments, context: AdminContext) =>
      context.store.metafield(
        owner(source),
        resolveNamespace(context, (args['namespace'] as string | undefined) ?? null),
        args['key'] as string,
      ),
  ]),
);

export const ownedMetafieldLists: Listers<{ id: string }> = Object.fromEntries(
  Object.entries(ownerOf).map(([type, owner]) => [
    `${type}.metafields`,
    (source: { id: string }, args: Arguments, context: AdminContext) => {
      const namespace =
        args['namespace'] === undefined || args['namespace'] === null
          ? null
          : resolveNamespace(context, args['namespace'] as string);
      const keys = args['keys'] as string[] | undefined;
      const wanted = (metafield: SandboxMetafield): boolean =>
        (namespace === null || metafield.namespace === namespace) &&
        (keys === undefined ||
          keys.includes(metafield.key) ||
          keys.includes(`${metafield.namespace}.${metafield.key}`));
      return inOrder(context.store.metafieldsOf(owner(source)).filter(wanted), (metafield) => metafield.id);
    },
  ]),
);

export const metafieldResolvers: Resolvers<SandboxMetafield> = {
  'Metafield.id': (metafield) => gid('Metafield', metafield.id),
  'Metafield.legacyResourceId': (metafield) => metafield.id,
  'Metafield.createdAt': (metafield) => metafield.updatedAt,
  'Metafield.jsonValue': (metafield) =>
    metafield.type === 'json' || metafield.type.startsWith('list.')
      ? (JSON.parse(metafield.value) as unknown)
      : metafield.value,
  'Metafield.compareDigest': (metafield) => digestOf(metafield.value),
  'Metafield.sizeInBytes': (metafield) => Buffer.byteLength(metafield.value),
  'Metafield.ownerType': (metafield) => ownerTypes[typeOfGid(metafield.ownerId)] ?? 'SHOP',
};
