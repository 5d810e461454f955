import {
  getNamedType,
  GraphQLError,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  type GraphQLFormattedError,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  DateTime: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
  Money: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)),
  Decimal: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)),
  URL: (value) => typeof value === 'string' && URL.canParse(value),
  ID: (value) =>
    typeof value !== 'string' || !value.startsWith('gid:') || /^gid:\/\/shopify\/[A-Za-z]+\/[\w-]+(\?.*)?$/.test(value),
};

/** Shopify's own scalars in the variables; graphql-js knows their names only. */
export function checkScalars(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): GraphQLFormattedError | null {
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    const wrong = type === undefined ? null : firstWrong(type, variables[name], [name]);
    if (wrong !== null) {
      return new GraphQLError(
        `Variable $${name} of type ${String(type)} was provided invalid value for ${wrong.path.slice(1).join('.')} (Invalid ${wrong.type})`,
        {
          extensions: {
            code: 'INVALID_VARIABLE',
            problems: [{ path: wrong.path.slice(1), explanation: `Invalid ${wrong.type}` }],
          },
        },
      ).toJSON();
    }
  }
  return null;
}

function firstWrong(
  type: GraphQLInputType,
  value: unknown,
  path: (string | number)[],
): { path: (string | number)[]; type: string } | null {
  if (value === null || value === undefined) return null;
  if (isNonNullType(type)) return firstWrong(type.ofType, value, path);
  if (isListType(type)) {
    for (const [index, item] of (Array.isArray(value) ? (value as unknown[]) : [value]).entries()) {
      const wrong = firstWrong(type.ofType, item, [...path, index]);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  if (isInputObjectType(type) && typeof value === 'object') {
    for (const [name, field] of Object.entries(type.getFields())) {
      const wrong = firstWrong(field.type, (value as Record<string, unknown>)[name], [...path, name]);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  const named = getNamedType(type);
  return isScalarType(named) && checks[named.name]?.(value) === false ? { path, type: named.name } : null;
}
