import {
  type ExportResource,
  type ExportState,
  type PlatformRecord,
  PlatformRefusal,
  PlatformUnavailable,
  type ShopRef,
} from '#app/platforms/platform.ts';
import { bulkQuery, readBulkDocument, runningBulksDocument, startBulkDocument } from '../documents/bulk.ts';
import { refuseUserErrors } from '../graphql/answer.ts';
import type { AdminClient } from '../graphql/client.ts';
import { fromGid, gidType } from '../ids.ts';
import { customerNode, toCustomer } from '../records/customer.ts';
import { lineNode, orderNode, toOrder } from '../records/order.ts';
import { collectionNode, productNode, toProduct, variantNode } from '../records/product.ts';
import { type BulkObject, groupBulkLines, readLines } from './jsonl.ts';

/** Starts a bulk operation, or finds the one with the same query that a killed process has started. */
export async function startExport(
  client: AdminClient,
  shop: ShopRef,
  resource: ExportResource,
  since: Date | null,
): Promise<string> {
  const query = bulkQuery(resource, since);
  const { bulkOperations } = await client.run(shop, runningBulksDocument);
  const same = bulkOperations.nodes.find(
    (node) => node.query === query && (node.status === 'CREATED' || node.status === 'RUNNING'),
  );
  if (same) return same.id;
  const { bulkOperationRunQuery } = await client.run(shop, startBulkDocument, { query });
  const busy = bulkOperationRunQuery.userErrors.find(
    (error) => error.code === 'LIMIT_REACHED' || error.code === 'OPERATION_IN_PROGRESS',
  );
  if (busy) throw new PlatformUnavailable('Shopify runs as many exports as it allows', 30_000);
  refuseUserErrors('bulkOperationRunQuery', bulkOperationRunQuery.userErrors);
  if (!bulkOperationRunQuery.bulkOperation) throw new PlatformRefusal('NO_BULK_OPERATION', 'Shopify started no export');
  return bulkOperationRunQuery.bulkOperation.id;
}

export async function pollExport(client: AdminClient, shop: ShopRef, token: string): Promise<ExportState> {
  const { bulkOperation } = await client.run(shop, readBulkDocument, { id: token });
  if (!bulkOperation) return { status: 'failed', reason: 'Shopify no longer knows the export' };
  switch (bulkOperation.status) {
    case 'CREATED':
    case 'RUNNING':
    case 'CANCELING':
      return { status: 'running', objects: bulkOperation.rootObjectCount };
    case 'COMPLETED':
      // The file is kept for 7 days; a finished export with objects and without a file must be made again.
      return bulkOperation.rootObjectCount > 0 && !bulkOperation.url
        ? { status: 'failed', reason: 'the file of the export has expired' }
        : { status: 'ready', objects: bulkOperation.rootObjectCount };
    case 'CANCELED':
    case 'EXPIRED':
    case 'FAILED':
      return {
        status: 'failed',
        reason: `Shopify ended the export: ${bulkOperation.errorCode ?? bulkOperation.status}`,
      };
  }
}

export interface ReadExportOptions {
  readonly client: AdminClient;
  readonly shop: ShopRef;
  readonly token: string;
  readonly skip: number;
  readonly currency: string;
  readonly readOne: (resource: ExportResource, id: string) => Promise<PlatformRecord | null>;
}

/** Streams a finished export as records, from number `skip` on. The address of the file is a secret of ours and expires. */
export async function* readExport(options: ReadExportOptions): AsyncGenerator<PlatformRecord> {
  const { client, shop, token, skip, currency } = options;
  const { bulkOperation } = await client.run(shop, readBulkDocument, { id: token });
  if (bulkOperation?.status !== 'COMPLETED') throw new PlatformRefusal('EXPORT_NOT_READY', 'the export is not ready');
  if (!bulkOperation.url) return;
  const response = await fetch(bulkOperation.url, { signal: AbortSignal.timeout(30 * 60_000) }).catch(() => null);
  if (!response?.ok || !response.body)
    throw new PlatformUnavailable(`the file of the export answered ${response?.status ?? 'nothing'}`, 10_000);

  const reader = groupBulkLines(guarded(readLines(chunksOf(response.body))));
  let index = 0;
  for (;;) {
    const step = await reader.next();
    if (step.done) {
      for (const gid of step.value.late) {
        const resource = resources[gidType(gid)];
        const record = resource && index >= skip ? await options.readOne(resource, fromGid(gid)) : null;
        index += 1;
        if (record) yield record;
      }
      return;
    }
    if (index >= skip) yield toRecord(step.value, currency);
    index += 1;
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A connection that breaks in the middle is an outage of theirs, not a bug of ours. */
async function* guarded(lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch {
    throw new PlatformUnavailable('the file of the export broke off', 5_000);
  }
}

const resources: Readonly<Record<string, ExportResource>> = {
  Product: 'products',
  Customer: 'customers',
  Order: 'orders',
};

/** One object of a bulk result as a record; the type is in its gid. */
export function toRecord(object: BulkObject, currency: string): PlatformRecord {
  const of = (type: string) => object.children.filter((child) => gidType(String(child['id'])) === type);
  switch (resources[gidType(object.id)]) {
    case 'products': {
      const variants = of('ProductVariant').map((child) => variantNode.parse(child));
      const collections = of('Collection').map((child) => collectionNode.parse(child));
      return {
        resource: 'products',
        product: toProduct(productNode.parse(object.root), variants, collections, currency),
      };
    }
    case 'customers':
      return { resource: 'customers', customer: toCustomer(customerNode.parse(object.root)) };
    case 'orders':
      return {
        resource: 'orders',
        order: toOrder(
          orderNode.parse(object.root),
          of('LineItem').map((child) => lineNode.parse(child)),
        ),
      };
    default:
      throw new PlatformRefusal('UNEXPECTED_OBJECT', `the export holds ${gidType(object.id)}`);
  }
}
