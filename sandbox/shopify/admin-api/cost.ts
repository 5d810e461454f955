import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type ArgumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { isAbsent } from '../absent.ts';

const mutationCost = 10;

export interface CostInput {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Points that a request asks for before it runs: 1 for an object, 0 for a scalar, 2 plus the size times its
 * node for a connection, 10 for a mutation. Of fragments on different types the dearest counts.
 */
export function requestedCost(input: CostInput): number {
  const root =
    input.operation.operation === OperationTypeNode.MUTATION
      ? input.schema.getMutationType()
      : input.schema.getQueryType();
  if (isAbsent(root)) return 0;
  return Math.max(1, costOf(input, input.operation.selectionSet, root));
}

function costOf(input: CostInput, set: SelectionSetNode, parent: GraphQLNamedType): number {
  let total = 0;
  const byType = new Map<string, number>();
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) {
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? input.fragments[selection.name.value] : selection;
      if (fragment === undefined) continue;
      const on = fragment.typeCondition?.name.value ?? parent.name;
      const cost = costOf(input, fragment.selectionSet, input.schema.getType(on) ?? parent);
      if (on === parent.name) total += cost;
      else byType.set(on, (byType.get(on) ?? 0) + cost);
      continue;
    }
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
    if (field === undefined || selection.selectionSet === undefined) continue;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) continue;
    const inner = costOf(input, selection.selectionSet, type);
    if (type.name.endsWith('Connection')) total += 2 + sizeOf(input, selection.arguments ?? []) * Math.max(1, inner);
    else if (type.name === 'PageInfo' || type.name.endsWith('Edge')) total += inner;
    else total += (input.schema.getMutationType()?.name === parent.name ? mutationCost : 1) + inner;
  }
  return total + Math.max(0, ...byType.values());
}

function sizeOf(input: CostInput, args: readonly ArgumentNode[]): number {
  for (const argument of args) {
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    if (argument.value.kind === Kind.INT) return Number(argument.value.value);
    if (argument.value.kind === Kind.VARIABLE) {
      const given = input.variables[argument.value.name.value];
      if (typeof given === 'number') return given;
    }
  }
  return 0;
}

/** Shopify's leaky bucket of one app in one shop. */
export interface Bucket {
  /** takes `cost` points if there are so many */
  take(cost: number): boolean;
  /** gives back what was asked for and not used */
  refund(points: number): void;
  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };
}

export interface BucketSize {
  readonly maximum: number;
  /** points a second */
  readonly restore: number;
}

export function createBucket(size: BucketSize, clock: () => Date): Bucket {
  let available = size.maximum;
  let at = clock().getTime();
  const fill = (): void => {
    const now = clock().getTime();
    available = Math.min(size.maximum, available + (Math.max(0, now - at) / 1000) * size.restore);
    at = now;
  };
  return {
    take: (cost) => {
      fill();
      if (available < cost) return false;
      available -= cost;
      return true;
    },
    refund: (points) => {
      fill();
      available = Math.min(size.maximum, available + Math.max(0, points));
    },
    status: () => {
      fill();
      return { maximumAvailable: size.maximum, currentlyAvailable: Math.floor(available), restoreRate: size.restore };
    },
  };
}
