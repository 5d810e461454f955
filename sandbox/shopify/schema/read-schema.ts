import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';

export type SchemaName =
  'admin' | 'functions_discount' | 'functions_cart_transform' | 'functions_cart_checkout_validation';

export interface VendoredSchema {
  readonly schema: GraphQLSchema;
  /** `Type` or `Type.field` → access scopes, any of which opens it; empty for Functions */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

const loaded = new Map<SchemaName, VendoredSchema>();

/** Shopify's real schema of one API, version 2026-10. Built once a process (about 0.3 s for `admin`). */
export function readSchema(name: SchemaName): VendoredSchema {
  let found = loaded.get(name);
  if (found === undefined) {
    const text = gunzipSync(readFileSync(join(import.meta.dirname, `${name}_2026-10.json.gz`))).toString('utf8');
    const file = JSON.parse(text) as { data: IntrospectionQuery; scopes?: Record<string, string[]> };
    found = { schema: buildClientSchema(file.data), scopes: file.scopes ?? {} };
    loaded.set(name, found);
  }
  return found;
}
