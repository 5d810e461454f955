/** Not given, or given as null: GraphQL and JSON tell the two apart, the sandbox rarely does. */
export const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
