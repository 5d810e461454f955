import { readShopExperiments } from '#app/domains/experiments/index.ts';
import type { Objective } from '#app/domains/recommendations/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { ShopCapabilities } from '#app/platforms/platform.ts';
import { keptForOthers } from './access/kept-for-others.ts';
import type { CartVisitor } from './cart-affinity.ts';
import { objectiveFor } from './cart-objective.ts';

/** What the storefront goes by for who asks, for explanations of what it answers. */
export async function standingOf(
  scope: ShopScope,
  merchant: { readonly shop: Shop; readonly capabilities: ShopCapabilities | null; readonly now: Date },
  { visitorId, customerId }: CartVisitor,
): Promise<{
  readonly customerId: string | null;
  readonly kept: ReadonlySet<string>;
  readonly objective: Objective | undefined;
  readonly now: Date;
}> {
  return {
    customerId,
    kept: await keptForOthers(scope, merchant, customerId),
    objective: objectiveFor(await readShopExperiments(scope), visitorId),
    now: merchant.now,
  };
}
