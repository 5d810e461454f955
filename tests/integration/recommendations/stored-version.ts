import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Everything that is stored of the shop's active version, comparable to the last bit. */
export async function storedVersion({ db }: Pick<Services, 'db'>, shopId: ShopId) {
  return db.inShop(shopId, async ({ tx }) => {
    const active = await tx.recommendationVersion.findFirstOrThrow({ where: { shopId, status: 'active' } });
    const where = { shopId, version: active.version };
    return {
      voices: (await tx.recommendationVoice.findMany({ where, orderBy: { productId: 'asc' } })).map((row) => [
        row.productId,
        Buffer.from(row.data).toString('base64'),
      ]),
      lists: (await tx.recommendation.findMany({ where, orderBy: [{ surface: 'asc' }, { subjectId: 'asc' }] })).map(
        (row) => [row.surface, row.subjectId, row.items] as const,
      ),
    };
  });
}
