import { performRun, type RunProgress } from '#app/domains/activity/index.ts';
import {
  assessIdea,
  chooseIdeas,
  countBaskets,
  createBasketReader,
  findIdeas,
  ideaId,
  isCovered,
  leastBaskets,
  productIdsOf,
  readSearch,
  readSettledIds,
  replaceOpenIdeas,
  type SearchReport,
  streamBasketLines,
} from '#app/domains/bundle-ideas/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { ideaProducts, liveBundleProducts, offeredIdeaKinds } from './bundle-ideas.ts';
import { findConnectedShop } from './connected-shop.ts';
import { readBeside } from './idea-stack.ts';
import { rulesOfShop } from './rules-of-shop.ts';

/** Ideas are judged so many at a time: then others have their turn. */
const ideasPerStep = 100;
/** Products whose catalog entries are read at a time. */
const productsPerRead = 1000;

/**
 * Looks for bundle ideas in the shop's past baskets. Nothing is written before the end, and then all at once:
 * a killed search is simply done again.
 */
const mineBundles: JobHandler<{ shopId: ShopId; runId: string }> = async (ids, { services, lastAttempt, signal }) => {
  await performRun(services, ids, { lastAttempt, signal }, async (_run, progress) => {
    if (!(await findConnectedShop(services, ids.shopId))) return {};
    const { ideas, baskets, orders } = await mineShop(services, ids.shopId, progress, signal);
    return { ideas, baskets, orders };
  });
};

export default mineBundles;

async function mineShop(
  services: Services,
  shopId: ShopId,
  progress: Pick<RunProgress, 'report'>,
  signal: AbortSignal,
): Promise<SearchReport> {
  const { db, clock } = services;
  const begun = clock.now();
  const step = async (stage: string, done: number): Promise<void> => {
    signal.throwIfAborted();
    await progress.report(stage, Math.round(done), 100);
    // Counting is one long calculation: job locks and health checks want their turn in between.
    await new Promise((resolve) => setImmediate(resolve));
  };

  await step('reading-orders', 0);
  const reader = createBasketReader();
  for await (const lines of streamBasketLines(db, shopId)) {
    for (const line of lines) reader.add(line);
    await step('reading-orders', 5);
  }
  const baskets = reader.build();
  await step('reading-products', 30);
  const products = new Map<string, Awaited<ReturnType<typeof ideaProducts>>[number]>();
  for (let at = 0; at < baskets.products.length; at += productsPerRead) {
    const page = baskets.products.slice(at, at + productsPerRead);
    for (const product of await db.inShop(shopId, (scope) => ideaProducts(scope, page)))
      products.set(product.id, product);
    await step('reading-products', 30 + (20 * at) / baskets.products.length);
  }

  const work = findIdeas(baskets, products);
  let next = work.next();
  while (!next.done) {
    await step('comparing-baskets', 50 + next.value * 20);
    next = work.next();
  }
  const found = next.value;
  const known = await db.inShop(shopId, readKnown);
  const enough = known.baskets >= leastBaskets;
  const offered = enough ? found.ideas.filter((idea) => known.kinds.includes(idea.kind)) : [];
  const fresh = offered.filter((idea) => !isCovered(idea, known.live));
  const judged: Parameters<typeof chooseIdeas>[0][number][] = [];
  for (const [index, idea] of fresh.entries()) {
    if (index % ideasPerStep === 0) await step('trying-prices', 70 + (25 * index) / fresh.length);
    if (known.settled.has(ideaId(idea))) continue;
    const parts = productIdsOf(idea).flatMap((id) => products.get(id) ?? []);
    judged.push({ idea, assessment: assessIdea(idea, parts, known) });
  }
  const chosen = chooseIdeas(judged);
  const now = clock.now();
  const report: SearchReport = {
    orders: baskets.at.length,
    baskets: countWithSeveral(baskets.start),
    products: baskets.products.length,
    capped: baskets.capped,
    threshold: found.threshold,
    pairs: found.pairs,
    covered: offered.length - fresh.length,
    ideas: chosen.filter(({ assessment }) => assessment.refusal === null).length,
    refused: chosen.filter(({ assessment }) => assessment.refusal !== null).length,
    seconds: Math.max(0, (now.getTime() - begun.getTime()) / 1000),
  };
  await step('writing', 95);
  await db.inShop(shopId, (scope) =>
    replaceOpenIdeas(
      scope,
      chosen.map(({ idea }) => idea),
      report,
      now,
    ),
  );
  return report;

  async function readKnown(scope: ShopScope) {
    const shop = await readShop(scope);
    return {
      baskets: await countBaskets(scope),
      kinds: offeredIdeaKinds(),
      live: await liveBundleProducts(scope, begun),
      settled: await readSettledIds(scope),
      assumptions: (await readSearch(scope)).assumptions,
      rules: rulesOfShop(shop, null),
      beside: await readBeside(scope, shop, begun),
    };
  }
}

function countWithSeveral(start: Uint32Array): number {
  let count = 0;
  for (let basket = 1; basket < start.length; basket += 1)
    if ((start[basket] ?? 0) - (start[basket - 1] ?? 0) > 1) count += 1;
  return count;
}
