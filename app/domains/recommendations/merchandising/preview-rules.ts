import type { ShopScope } from '#app/infra/database.ts';
import { explainInWords } from '../engine/explain.ts';
import type { Suggestion } from '../model.ts';
import { readLists, readTitles } from '../store.ts';
import { loadMerchandising, merchandiseList } from './apply-to-list.ts';
import { type Adjustment, defaultMerchandising } from './model.ts';
import { adjustmentsInWords } from './rules.ts';

export interface PreviewedSuggestion extends Suggestion {
  readonly title: string;
  /** why the model has it, as one line for people */
  readonly words: string;
  readonly adjustments: readonly Adjustment[];
  /** what moved it, as one line; '' where the model had its way */
  readonly adjustedWords: string;
}

export interface RulesPreview {
  readonly productId: string;
  readonly title: string;
  readonly surfaces: readonly {
    readonly surface: 'together' | 'similar';
    /** what the model alone would show, and what is shown with the rules and settings as they stand now */
    readonly before: readonly PreviewedSuggestion[];
    readonly after: readonly PreviewedSuggestion[];
  }[];
}

/** The two lists of a product page without and with the merchant's rules. @returns null for an unknown product */
export async function previewRules(
  scope: ShopScope,
  productId: string,
  now: Date,
  limit = 8,
): Promise<RulesPreview | null> {
  const own = (await readTitles(scope, [productId])).get(productId);
  if (own === undefined) return null;
  const merchandising = await loadMerchandising(scope, now);
  const idle = {
    ...merchandising,
    rules: [],
    settings: defaultMerchandising,
    targeted: new Map<string, string[]>(),
    clicks: new Map(),
  };
  const surfaces = [];
  for (const surface of ['together', 'similar'] as const) {
    const list = (await readLists(scope, surface, [productId]))[0]?.suggestions ?? [];
    const before = await merchandiseList(scope, idle, surface, productId, list, limit);
    const after = await merchandiseList(scope, merchandising, surface, productId, list, limit);
    const titles = await readTitles(
      scope,
      [...before, ...after].map((one) => one.productId),
    );
    const titleOf = (id: string) => (id === productId ? own.title : (titles.get(id)?.title ?? id));
    const shown = (adjusted: typeof after) =>
      adjusted.map((one): PreviewedSuggestion => ({
        ...one,
        title: titleOf(one.productId),
        words: explainInWords(one, titleOf),
        adjustedWords: adjustmentsInWords(one.adjustments),
      }));
    surfaces.push({ surface, before: shown(before), after: shown(after) });
  }
  return { productId, title: own.title, surfaces };
}
