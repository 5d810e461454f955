import { createHistoryBuilder } from '#app/domains/recommendations/engine/history.ts';
import { listRows } from '#app/domains/recommendations/engine/list-rows.ts';
import { trainModel } from '#app/domains/recommendations/engine/train-model.ts';
import { readCatalog } from '#app/domains/recommendations/store.ts';
import { activateVersion, openVersion, writeLists } from '#app/domains/recommendations/version-store.ts';
import type { ShopScope } from '#app/infra/database.ts';

const days = 40;

/** What a training leaves in a shop where these products are bought together each day, without a thread of its own. */
export async function learn(scope: ShopScope, productIds: readonly string[], now: Date): Promise<void> {
  const catalog = await readCatalog(scope);
  const builder = createHistoryBuilder();
  for (const { productId } of catalog) builder.addItem(productId);
  for (let day = days; day > 0; day -= 1)
    for (const id of productIds)
      builder.add(
        `order ${String(day)}`,
        `customer ${String(day % 7)}`,
        new Date(now.getTime() - day * 86_400_000),
        id,
      );
  const model = trainModel(builder.build(), catalog, { offerUnknown: false });
  const version = await openVersion(scope, now);
  const { rows } = listRows(model);
  const lists = [...rows];
  await writeLists(scope, version, lists);
  const stats = { report: { ...model.report }, lists: lists.length, perSource: {}, seconds: 0, lastOrderAt: null };
  await activateVersion(scope, version, JSON.parse(JSON.stringify(stats)) as object, null, now);
}
