import {
  getArgumentValues,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { readSchema } from '../schema/read-schema.ts';
import { assertAccess, scopesFor } from './access.ts';
import type { AdminContext } from './context.ts';
import { answerField } from './execute.ts';
import { listerOf } from './registry.ts';
import { isAbsent } from '../absent.ts';

interface BulkDocument {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

interface Line {
  readonly line: string;
  readonly isRoot: boolean;
}

type Children = { field: FieldNode; parent: GraphQLObjectType; source: unknown }[];

/**
 * The lines of a bulk query's result: one an object, each followed by those of its nested connections with
 * `__parentId`. Only one top-level object with its children is held at a time.
 */
export function* bulkLines(document: BulkDocument, context: AdminContext): Generator<Line> {
  const root = readSchema('admin').schema.getQueryType();
  if (isAbsent(root)) return;
  const children: Children = [];
  // Plain fields beside the connection at the top are not written: the result holds the nodes only.
  project(document, document.operation.selectionSet, root, null, context, children);
  for (const child of children) yield* connectionLines(document, child, null, context);
}

function* connectionLines(
  document: BulkDocument,
  child: Children[number],
  parentId: string | null,
  context: AdminContext,
): Generator<Line> {
  const { field, parent, source } = child;
  const definition = parent.getFields()[field.name.value];
  const lister = listerOf(`${parent.name}.${field.name.value}`);
  if (definition === undefined || lister === undefined)
    throw new Error(`The sandbox has no answer for ${parent.name}.${field.name.value} yet.`);
  assertAccess(context.scopes, scopesFor(parent.name, field.name.value, definition.type), field.name.value);
  const listing = lister(source, getArgumentValues(definition, field, {}), context);
  const connection = getNamedType(definition.type);
  const nodes = isObjectType(connection) ? connection.getFields()['nodes'] : undefined;
  const selection = nodeSelection(field.selectionSet);
  if (nodes === undefined || selection === null) return;
  const nodeType = getNamedType(nodes.type);
  for (const item of listing.items) {
    const below: Children = [];
    const record = project(document, selection, nodeType, item, context, below);
    yield {
      line: JSON.stringify(parentId === null ? record : { ...record, __parentId: parentId }),
      isRoot: parentId === null,
    };
    const id = typeof record['id'] === 'string' ? record['id'] : null;
    if (below.length > 0 && id === null) throw new Error('a connection with nested connections must select id');
    for (const next of below) yield* connectionLines(document, next, id, context);
  }
}

/** What is selected of a node, through `edges { node }` or `nodes`. */
function nodeSelection(set: SelectionSetNode | undefined): SelectionSetNode | null {
  for (const selection of set?.selections ?? []) {
    if (selection.kind !== Kind.FIELD) continue;
    if (selection.name.value === 'nodes') return selection.selectionSet ?? null;
    if (selection.name.value === 'edges') {
      const node = selection.selectionSet?.selections.find(
        (inner) => inner.kind === Kind.FIELD && inner.name.value === 'node',
      );
      return node?.kind === Kind.FIELD ? (node.selectionSet ?? null) : null;
    }
  }
  return null;
}

/** What is the same for every record of one selected field: looked up and checked once. */
interface FieldPlan {
  readonly definition: GraphQLField<unknown, unknown>;
  readonly isConnection: boolean;
  readonly args: Readonly<Record<string, unknown>>;
}
type Plans = WeakMap<FieldNode, Map<string, FieldPlan>>;
const plansOf = new WeakMap<AdminContext, Plans>();

function planFor(field: FieldNode, type: GraphQLObjectType, context: AdminContext): FieldPlan | null {
  const plans = plansOf.get(context) ?? new WeakMap<FieldNode, Map<string, FieldPlan>>();
  plansOf.set(context, plans);
  const byType = plans.get(field) ?? new Map<string, FieldPlan>();
  plans.set(field, byType);
  const known = byType.get(type.name);
  if (known !== undefined) return known;
  const definition = type.getFields()[field.name.value];
  if (definition === undefined) return null;
  assertAccess(context.scopes, scopesFor(type.name, field.name.value, definition.type), field.name.value);
  const isConnection = getNamedType(definition.type).name.endsWith('Connection');
  const plan = { definition, isConnection, args: isConnection ? {} : getArgumentValues(definition, field, {}) };
  byType.set(type.name, plan);
  return plan;
}

function project(
  document: BulkDocument,
  set: SelectionSetNode,
  type: GraphQLNamedType,
  source: unknown,
  context: AdminContext,
  children: Children,
): Record<string, unknown> {
  const concrete = isAbstractType(type) ? typeNamed((source as { __typename: string }).__typename) : type;
  const record: Record<string, unknown> = {};
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) {
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? document.fragments.get(selection.name.value) : selection;
      if (fragment !== undefined && applies(fragment.typeCondition?.name.value, concrete))
        Object.assign(record, project(document, fragment.selectionSet, concrete, source, context, children));
      continue;
    }
    const name = selection.name.value;
    const key = selection.alias?.value ?? name;
    if (name === '__typename') {
      record[key] = concrete.name;
      continue;
    }
    const plan = isObjectType(concrete) ? planFor(selection, concrete, context) : null;
    if (plan === null || !isObjectType(concrete)) continue;
    if (plan.isConnection) {
      children.push({ field: selection, parent: concrete, source });
      continue;
    }
    const value = answerField(concrete.name, name, source, plan.args, context);
    record[key] = complete(document, selection, plan.definition.type, value, context, children);
  }
  return record;
}

function complete(
  document: BulkDocument,
  field: FieldNode,
  type: GraphQLOutputType,
  value: unknown,
  context: AdminContext,
  children: Children,
): unknown {
  if (value === null || value === undefined) return null;
  if (isNonNullType(type)) return complete(document, field, type.ofType, value, context, children);
  if (isListType(type))
    return (value as unknown[]).map((item) => complete(document, field, type.ofType, item, context, children));
  if (isLeafType(type)) return type.serialize(value);
  return field.selectionSet === undefined
    ? null
    : project(document, field.selectionSet, type, value, context, children);
}

function typeNamed(name: string): GraphQLNamedType {
  const type = readSchema('admin').schema.getType(name);
  if (type === undefined) throw new Error(`the schema has no type ${name}`);
  return type;
}

function applies(condition: string | undefined, type: GraphQLNamedType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = typeNamed(condition);
  return (
    isObjectType(type) &&
    ((isInterfaceType(wanted) && type.getInterfaces().includes(wanted)) ||
      (isAbstractType(wanted) && readSchema('admin').schema.isSubType(wanted, type)))
  );
}
