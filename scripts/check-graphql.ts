import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { documents } from '#app/platforms/shopify/documents/index.ts';
import { readSchema } from '#sandbox/shopify/schema/read-schema.ts';

/** Every GraphQL document of the product against Shopify's own 2026-10 schemas. */
const problems: string[] = [];
let checked = 0;

function check(name: string, source: string, schema: GraphQLSchema): void {
  checked += 1;
  try {
    for (const error of validate(schema, parse(source))) problems.push(`${name}: ${error.message}`);
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const admin = readSchema('admin').schema;
for (const document of documents) check(document.name, document.text, admin);

const extensions = path.resolve(import.meta.dirname, '../extensions');
for (const file of await readdir(extensions, { recursive: true })) {
  if (file.endsWith('.graphql') && !file.includes('node_modules'))
    check(
      `extensions/${file}`,
      await readFile(path.join(extensions, file), 'utf8'),
      readSchema(file.startsWith('cart-transform') ? 'functions_cart_transform' : 'functions_discount').schema,
    );
}

for (const problem of problems) console.error(problem);
if (checked === 0) console.error('No GraphQL document was found.');
console.log(`${checked} GraphQL documents checked`);
process.exit(problems.length === 0 && checked > 0 ? 0 : 1);
