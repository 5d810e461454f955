import {
  execute,
  getOperationAST,
  GraphQLError,
  isCompositeType,
  getNamedType,
  Kind,
  parse,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
} from 'graphql';
import { readSchema } from '../schema/read-schema.ts';
import { assertAccess, scopesFor } from './access.ts';
import { paginate } from './connections.ts';
import type { AdminContext, Arguments } from './context.ts';
import { requestedCost, type Bucket } from './cost.ts';
import { checkScalars } from './scalars.ts';
import { listerOf, resolverOf } from './registry.ts';
import { isAbsent } from '../absent.ts';

const queryCostLimit = 1000;

export interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly object[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What answers one field: a list as a connection, a resolver, or the source's own property. */
export function answerField(
  parent: string,
  field: string,
  source: unknown,
  args: Arguments,
  context: AdminContext,
): unknown {
  const key = `${parent}.${field}`;
  const resolver = resolverOf(key);
  if (resolver !== undefined) return resolver(source, args, context);
  if (typeof source === 'object' && source !== null && field in source)
    return (source as Record<string, unknown>)[field];
  // Never a silent null: a query that the app comes to use must be answered here first.
  throw new GraphQLError(`The sandbox has no answer for ${key} yet.`, {
    extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
  });
}

const fieldResolver: GraphQLFieldResolver<unknown, AdminContext, Record<string, unknown>> = (
  source,
  args,
  context,
  info,
) => {
  const parent = info.parentType.name;
  assertAccess(context.scopes, scopesFor(parent, info.fieldName, info.returnType), info.fieldName);
  const lister = listerOf(`${parent}.${info.fieldName}`);
  if (lister !== undefined) return paginate(lister(source, args, context), args, context);
  const answer = answerField(parent, info.fieldName, source, args, context);
  if (
    answer !== null &&
    isCompositeType(getNamedType(info.returnType)) &&
    !/(Connection|Edge|PageInfo)$/.test(getNamedType(info.returnType).name)
  )
    context.meter.cost += parent === 'Mutation' ? 10 : Array.isArray(answer) ? answer.length : 1;
  return answer;
};

/** Runs one request as Shopify does: parse, validate, price, take the points, execute. */
export async function runGraphql(
  request: { query: string; variables: Readonly<Record<string, unknown>>; operationName: string | null },
  context: AdminContext,
  bucket: Bucket,
): Promise<GraphqlAnswer> {
  const { schema } = readSchema('admin');
  let document: DocumentNode;
  try {
    document = parse(request.query);
  } catch (error) {
    return {
      errors: [
        {
          message:
            error instanceof GraphQLError
              ? `syntax error, ${error.message.replace(/^Syntax Error: /, '')}`
              : 'syntax error',
          ...(error instanceof GraphQLError ? { locations: error.locations } : {}),
        },
      ],
    };
  }
  const invalid = validate(schema, document);
  if (invalid.length > 0) return { errors: invalid.map(shopifyError) };
  const operation = getOperationAST(document, request.operationName);
  if (isAbsent(operation)) return { errors: [{ message: 'An operation name is required' }] };
  const wrongScalar = checkScalars(schema, operation, request.variables);
  if (wrongScalar !== null) return { errors: [wrongScalar] };

  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  const requestedQueryCost = requestedCost({ schema, operation, fragments, variables: request.variables });
  const cost = (actualQueryCost: number | null) => ({
    cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status() },
  });
  if (requestedQueryCost > queryCostLimit) {
    return {
      errors: [
        {
          message: `Query cost is ${requestedQueryCost.toString()}, which exceeds the single query max cost limit (${queryCostLimit.toString()}).`,
          extensions: {
            code: 'MAX_COST_EXCEEDED',
            cost: requestedQueryCost,
            maxCost: queryCostLimit,
            documentation: 'https://shopify.dev/api/usage/rate-limits',
          },
        },
      ],
    };
  }
  if (!bucket.take(requestedQueryCost)) {
    return {
      errors: [
        {
          message: 'Throttled',
          extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
        },
      ],
      extensions: cost(null),
    };
  }
  const result = await execute({
    schema,
    document,
    variableValues: request.variables,
    operationName: request.operationName,
    contextValue: context,
    fieldResolver,
    typeResolver: (value: unknown) =>
      typeof value === 'object' && value !== null && '__typename' in value ? String(value.__typename) : undefined,
  });
  const actual = Math.min(requestedQueryCost, Math.max(1, context.meter.cost));
  bucket.refund(requestedQueryCost - actual);
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors === undefined ? {} : { errors: result.errors.map((error) => error.toJSON()) }),
    extensions: {
      ...cost(actual),
      ...(context.searchWarnings.length === 0
        ? {}
        : {
            search: context.searchWarnings.map(({ path, query, field }) => ({
              path: [path],
              query,
              warnings: [{ field, message: 'Invalid search field for this query.' }],
            })),
          }),
    },
  };
}

/** A validation error in Shopify's words where they are known, else in those of graphql-js. */
export function shopifyError(error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  const unknownField = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(error.message);
  if (unknownField !== null)
    return {
      ...formatted,
      message: `Field '${unknownField[1] ?? ''}' doesn't exist on type '${unknownField[2] ?? ''}'`,
      extensions: { code: 'undefinedField', typeName: unknownField[2], fieldName: unknownField[1] },
    };
  const unknownArgument = /^Unknown argument "(\w+)" on field "(\w+)\.(\w+)"/.exec(error.message);
  if (unknownArgument !== null)
    return {
      ...formatted,
      message: `Field '${unknownArgument[3] ?? ''}' doesn't accept argument '${unknownArgument[1] ?? ''}'`,
      extensions: {
        code: 'argumentNotAccepted',
        name: unknownArgument[3],
        typeName: 'Field',
        argumentName: unknownArgument[1],
      },
    };
  return formatted;
}
