import type { ShopScope, SystemScope } from '#app/infra/database.ts';

/** The file of a finished data request as JSON text, or null when there is none (any more). */
export async function readDataFile(scope: ShopScope, runId: string): Promise<string | null> {
  const rows = await scope.tx.$queryRaw<{ file: string | null }[]>`
    SELECT jsonb_pretty(result->'document') AS file FROM run
    WHERE shop_id = ${scope.shopId}::uuid AND id = ${runId}::uuid AND kind = 'data-request' AND status = 'succeeded'`;
  return rows[0]?.file ?? null;
}

/** Empties the files that were made before `before`, and whom they were about. The runs stay as a record. */
export async function emptyDataFiles(scope: SystemScope, before: Date): Promise<number> {
  return scope.tx.$executeRaw`
    UPDATE run SET result = result - 'document' || '{"available": false}'::jsonb, cursor = '{}'
    WHERE kind = 'data-request' AND finished_at < ${before} AND (result ? 'document' OR cursor <> '{}')`;
}

/** Empties the files about a person who is to be forgotten, finished or not. */
export async function emptyDataFilesOf(
  scope: ShopScope,
  person: { customerIds: readonly string[]; emailHash: string | null; orderIds: readonly string[] },
): Promise<void> {
  await scope.tx.$executeRaw`
    UPDATE run SET result = result - 'document' || '{"available": false}'::jsonb, cursor = '{}'
    WHERE shop_id = ${scope.shopId}::uuid AND kind = 'data-request' AND (
      cursor->>'customerId' = ANY(${[...person.customerIds]}::text[]) OR cursor->>'emailHash' = ${person.emailHash}::text
      OR cursor->'orderIds' ?| ${[...person.orderIds]}::text[])`;
}
