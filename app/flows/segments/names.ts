import { readCollections, readProducts } from '#app/domains/catalog/index.ts';
import { findProgramme } from '#app/domains/loyalty/index.ts';
import { namedBy, type Rule } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

export type Names = Readonly<Record<string, string>>;

/** Tiers of the programme by id. */
export async function readTiers(scope: ShopScope): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const programme = await findProgramme(scope);
  return (programme?.settings.tiers.levels ?? []).map(({ id, name }) => ({ id, name }));
}

/** What products, collections and tiers are called that conditions name. */
export async function namesIn(scope: ShopScope, rules: readonly Rule[]): Promise<Names> {
  const ids = [...new Set(rules.flatMap(namedBy))].slice(0, 500);
  if (ids.length === 0) return {};
  const products = await readProducts(scope, ids);
  const collections = await readCollections(scope, ids);
  const tiers = await readTiers(scope);
  return Object.fromEntries([
    ...tiers.map(({ id, name }) => [id, name] as const),
    ...collections.map(({ id, title }) => [id, title] as const),
    ...products.map(({ id, title }) => [id, title] as const),
  ]);
}
