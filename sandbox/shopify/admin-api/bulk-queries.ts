import { Kind, OperationTypeNode, parse, validate, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { SandboxBulkOperation } from '../admin-store.ts';
import { readSchema } from '../schema/read-schema.ts';
import { sorted } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { search } from './search.ts';
import { gid, idIn, refused, type Problem } from './values.ts';

const concurrent = 5;
const retainedFor = 7 * 86_400_000;

/** Why a bulk query cannot run, or null: valid, one top-level connection, at most 5 of them 2 deep, no `node`. */
export function bulkQueryProblem(query: string): string | null {
  const { schema } = readSchema('admin');
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return `Invalid bulk query: ${error instanceof Error ? error.message : 'syntax error'}`;
  }
  const withoutVariables = validate(schema, document).filter(
    (error) => !error.message.includes('must have a selection'),
  );
  const [first] = withoutVariables;
  if (first !== undefined) return `Invalid bulk query: ${first.message}`;
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operations.length !== 1 || operation?.operation !== OperationTypeNode.QUERY)
    return 'Bulk queries must contain exactly one query operation.';
  if ((operation.variableDefinitions?.length ?? 0) > 0) return 'Bulk queries do not take variables.';
  if (
    operation.selectionSet.selections.some(
      (selection) =>
        selection.kind === Kind.FIELD && (selection.name.value === 'node' || selection.name.value === 'nodes'),
    )
  )
    return 'Bulk queries cannot contain the top level node or nodes fields.';
  const { connections, depth, paged } = measure(operation.selectionSet, document, 0);
  if (connections === 0) return 'Bulk queries must contain at least one connection.';
  if (connections > 5) return 'Bulk queries cannot contain more than 5 connections.';
  // Depth 1 is the top connection; two levels of nesting below it are allowed.
  if (depth > 3) return 'Bulk queries cannot contain connections with a nesting depth greater than 2.';
  return paged ? 'Bulk queries do not take `first`, `last`, `after` or `before`.' : null;
}

function measure(
  set: SelectionSetNode,
  document: DocumentNode,
  depth: number,
): { connections: number; depth: number; paged: boolean } {
  const total = { connections: 0, depth, paged: false };
  for (const selection of set.selections) {
    let inner: SelectionSetNode | undefined;
    let level = depth;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = document.definitions.find(
        (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
      );
      inner = fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet : undefined;
    } else inner = selection.selectionSet;
    if (inner === undefined) continue;
    const isConnection = inner.selections.some(
      (child) => child.kind === Kind.FIELD && (child.name.value === 'edges' || child.name.value === 'nodes'),
    );
    if (selection.kind === Kind.FIELD && isConnection) {
      total.connections += 1;
      level += 1;
      if (
        selection.arguments?.some((argument) => ['first', 'last', 'after', 'before'].includes(argument.name.value)) ===
        true
      )
        total.paged = true;
    }
    const below = measure(inner, document, level);
    total.connections += below.connections;
    total.depth = Math.max(total.depth, below.depth);
    total.paged ||= below.paged;
  }
  return total;
}

const running = (operation: SandboxBulkOperation): boolean =>
  ['CREATED', 'RUNNING', 'CANCELING'].includes(operation.status);
const problem = (code: string, field: string, message: string): Problem => ({ field: [field], code, message });

export const bulkMutations: Resolvers<unknown> = {
  'Mutation.bulkOperationRunQuery': (_source, args, context) => {
    const query = args['query'] as string;
    if (args['groupObjects'] === true)
      return refused(
        [
          problem(
            'INVALID',
            'groupObjects',
            'The sandbox writes bulk results ungrouped, which is the default of this API version.',
          ),
        ],
        { bulkOperation: null },
      );
    const wrong = bulkQueryProblem(query);
    if (wrong !== null) return refused([problem('INVALID', 'query', wrong)], { bulkOperation: null });
    if ([...context.store.bulkOperations.values()].filter(running).length >= concurrent)
      return refused(
        [
          problem(
            'LIMIT_REACHED',
            'query',
            `A maximum of ${concurrent.toString()} bulk queries can run at the same time.`,
          ),
        ],
        { bulkOperation: null },
      );
    const operation: SandboxBulkOperation = {
      id: context.store.nextId(),
      query,
      status: 'CREATED',
      errorCode: null,
      createdAt: context.store.now().toISOString(),
      completedAt: null,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: 0,
      fileKey: null,
    };
    context.store.putAdmin('bulkOperations', operation);
    context.bulk.start(operation.id, [...context.scopes]);
    return { bulkOperation: operation, userErrors: [] };
  },
  'Mutation.bulkOperationCancel': (_source, args, context) => {
    const operation = find(context, args);
    if (operation === null)
      return refused([{ field: ['id'], message: 'Bulk operation does not exist' }], { bulkOperation: null });
    if (!running(operation))
      return refused(
        [{ field: null, message: `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}` }],
        { bulkOperation: operation },
      );
    context.bulk.cancel(operation.id);
    return { bulkOperation: context.store.bulkOperations.get(operation.id), userErrors: [] };
  },
};

const find = (context: AdminContext, args: Arguments): SandboxBulkOperation | null =>
  context.store.bulkOperations.get(idIn(args['id'], 'BulkOperation') ?? '') ?? null;

export const bulkQueries: Resolvers<unknown> = {
  'QueryRoot.bulkOperation': (_source, args, context) => find(context, args),
  'QueryRoot.currentBulkOperation': (_source, _args, context) =>
    [...context.store.bulkOperations.values()].at(-1) ?? null,
};

export const bulkResolvers: Resolvers<SandboxBulkOperation> = {
  'BulkOperation.id': (operation) => gid('BulkOperation', operation.id),
  'BulkOperation.type': () => 'QUERY',
  'BulkOperation.partialDataUrl': () => null,
  'BulkOperation.objectCount': (operation) => operation.objectCount.toString(),
  'BulkOperation.rootObjectCount': (operation) => operation.rootObjectCount.toString(),
  'BulkOperation.fileSize': (operation) => (operation.fileKey === null ? null : operation.fileSize.toString()),
  'BulkOperation.url': (operation, _args, context) => {
    const expired =
      operation.completedAt !== null && context.store.now().getTime() - Date.parse(operation.completedAt) > retainedFor;
    return expired ? null : context.bulk.url(operation.id);
  },
};

export const bulkLists: Listers<unknown> = {
  'QueryRoot.bulkOperations': (_source, args, context) =>
    sorted(
      search(
        context.store.bulkOperations.values(),
        args,
        {
          id: { kind: 'id', of: (operation) => operation.id },
          status: { kind: 'text', of: (operation) => operation.status },
          operation_type: { kind: 'text', of: () => 'query' },
          created_at: { kind: 'time', of: (operation) => operation.createdAt },
        },
        'bulkOperations',
        context,
      ),
      args,
      {
        CREATED_AT: (operation) => operation.createdAt,
        COMPLETED_AT: (operation) => operation.completedAt ?? '',
        STATUS: (operation) => operation.status,
      },
      'CREATED_AT',
    ),
};
