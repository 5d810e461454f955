import type { ShopScope } from '#app/infra/database.ts';
import { modelSureness, type ModelSureness } from './engine/confidence.ts';
import type { BlendReport, ViewsReport } from './model.ts';
import { countCoverage, readActiveVersion } from './store.ts';
import { versionStatsSchema } from './version-stats.ts';

/** A product page shows so many; fewer look broken. */
const fullList = 4;

export type RecommendationStatus =
  | { readonly state: 'never-trained' }
  | {
      readonly state: 'active';
      readonly version: number;
      readonly trainedAt: Date;
      readonly seconds: number;
      readonly ordersUsed: number;
      readonly productsUsed: number;
      readonly customersUsed: number;
      /** orders placed since the last one that taught */
      readonly newOrders: number;
      readonly sellableProducts: number;
      /** those of them with at least four suggestions */
      readonly coveredProducts: number;
      /** 0 to 1; 0 for a shop without sellable products */
      readonly coverage: number;
      /** stored suggestions by the source that spoke loudest */
      readonly perSource: Readonly<Record<string, number>>;
      readonly blends: readonly BlendReport[];
      /** null where nobody has looked at two products in one visit */
      readonly views: ViewsReport | null;
      readonly sureness: ModelSureness;
    };

/** Coverage and freshness of what the shop's visitors see now. */
export async function recommendationStatus(scope: ShopScope): Promise<RecommendationStatus> {
  const active = await readActiveVersion(scope);
  if (active === null) return { state: 'never-trained' };
  const stats = versionStatsSchema.parse(active.stats);
  const since = stats.lastOrderAt === null ? new Date(0) : new Date(stats.lastOrderAt);
  const coverage = await countCoverage(scope, active.version, fullList, since);
  return {
    state: 'active',
    version: active.version,
    trainedAt: active.activeAt,
    seconds: stats.seconds,
    ordersUsed: stats.report.orders,
    productsUsed: stats.report.products,
    customersUsed: stats.report.customers,
    newOrders: coverage.newOrders,
    sellableProducts: coverage.sellable,
    coveredProducts: coverage.covered,
    coverage: coverage.sellable === 0 ? 0 : coverage.covered / coverage.sellable,
    perSource: stats.perSource,
    blends: stats.report.blends,
    views: stats.report.views,
    sureness: modelSureness(stats.report),
  };
}
