import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';

/**
 * Takes Shopify's GraphQL schemas out of the npm package `@shopify/dev-mcp` (ISC) and keeps them, without
 * descriptions, in sandbox/shopify/schema. The package itself would bring 300 MB as a dependency.
 * Run: node scripts/vendor-shopify-schemas.ts
 */
const packageVersion = '1.16.0';
const apiVersion = '2026-10';
const wanted = ['admin', 'functions_discount', 'functions_cart_transform', 'functions_cart_checkout_validation'];
const target = join(import.meta.dirname, '../sandbox/shopify/schema');

const dump = z.object({
  data: z.object({ __schema: z.record(z.string(), z.unknown()) }),
  offline_scopes: z
    .object({
      items: z.array(
        z.object({
          type: z.enum(['type', 'field']),
          typeName: z.string(),
          fieldName: z.string().optional(),
          offlineScopes: z.array(z.string()),
        }),
      ),
    })
    .optional(),
});

function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => !(key === 'description' && (entry === null || typeof entry === 'string')))
      .map(([key, entry]) => [key, withoutDescriptions(entry)]),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'shopify-schemas-'));
try {
  execFileSync('npm', ['pack', `@shopify/dev-mcp@${packageVersion}`, '--silent'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const files = wanted.map((api) => `package/dist/data/${api}_${apiVersion}.json.gz`);
  execFileSync('tar', ['xzf', `shopify-dev-mcp-${packageVersion}.tgz`, ...files], { cwd: folder });
  for (const [index, api] of wanted.entries()) {
    const parsed = dump.parse(JSON.parse(gunzipSync(readFileSync(join(folder, files[index] ?? ''))).toString('utf8')));
    // `Type` or `Type.field` → scopes, any of which opens it.
    const scopes = Object.fromEntries(
      (parsed.offline_scopes?.items ?? [])
        .filter((item) => item.offlineScopes.length > 0)
        .map((item) => [
          item.fieldName === undefined ? item.typeName : `${item.typeName}.${item.fieldName}`,
          [...new Set(item.offlineScopes)],
        ]),
    );
    const kept = { data: withoutDescriptions(parsed.data), ...(Object.keys(scopes).length === 0 ? {} : { scopes }) };
    const bytes = gzipSync(JSON.stringify(kept), { level: 9 });
    writeFileSync(join(target, `${api}_${apiVersion}.json.gz`), bytes);
    process.stdout.write(`${api}_${apiVersion}.json.gz ${bytes.length.toString()} bytes\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
