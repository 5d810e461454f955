import { readCollections } from '#app/domains/catalog/index.ts';
import type { Rule, RuleTarget } from '#app/domains/recommendations/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import type { Titles } from '../ui/rules/rule-words.ts';
import { productTitles } from './product-titles.server.ts';

/** Titles of every product and collection that these rules name; what is gone is left out. */
export async function titlesOf(
  scope: ShopScope,
  rules: readonly Pick<Rule, 'target' | 'condition'>[],
  words: PlatformWords,
): Promise<Titles> {
  const targets = rules.flatMap(({ target, condition }): readonly RuleTarget[] => [
    target,
    ...(condition ? [condition] : []),
  ]);
  const ids = (kind: 'products' | 'collections'): string[] => [
    ...new Set(targets.flatMap((target) => (target.kind === kind ? target.ids : []))),
  ];
  const collections = await readCollections(scope, ids('collections'));
  return {
    products: await productTitles(scope, ids('products')),
    collections: Object.fromEntries(collections.map(({ id, title }) => [id, title])),
    words,
  };
}
