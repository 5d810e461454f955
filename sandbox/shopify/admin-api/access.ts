import { getNamedType, GraphQLError, isObjectType, type GraphQLOutputType } from 'graphql';
import { readSchema } from '../schema/read-schema.ts';

/** Access scopes that a field asks for, any of which will do; empty = open. */
export function scopesFor(parent: string, field: string, returns: GraphQLOutputType): readonly string[] {
  const { scopes } = readSchema('admin');
  const own = scopes[`${parent}.${field}`];
  if (own !== undefined) return own;
  const type = getNamedType(returns);
  const listed = scopes[type.name];
  if (listed !== undefined) return listed;
  // A connection asks for what its nodes ask for.
  const nodes = isObjectType(type) && type.name.endsWith('Connection') ? type.getFields()['nodes'] : undefined;
  return nodes === undefined ? [] : (scopes[getNamedType(nodes.type).name] ?? []);
}

/** A write scope includes its read scope, as at Shopify. */
export function withImplied(scopes: Iterable<string>): Set<string> {
  const all = new Set(scopes);
  for (const scope of [...all]) if (scope.startsWith('write_')) all.add(scope.replace(/^write_/, 'read_'));
  return all;
}

/** @throws the error that Shopify gives where no granted scope opens the field */
export function assertAccess(granted: ReadonlySet<string>, wanted: readonly string[], field: string): void {
  if (wanted.length === 0 || wanted.some((scope) => granted.has(scope))) return;
  const requiredAccess = wanted.map((scope) => `\`${scope}\` access scope`).join(' or ') + '.';
  throw new GraphQLError(`Access denied for ${field} field. Required access: ${requiredAccess}`, {
    extensions: { code: 'ACCESS_DENIED', documentation: 'https://shopify.dev/api/usage/access-scopes', requiredAccess },
  });
}
