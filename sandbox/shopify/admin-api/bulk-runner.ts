import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import type { AdminStore, SandboxBulkOperation } from '../admin-store.ts';
import { bulkLines } from './bulk-lines.ts';
import type { AdminContext, BulkRunner } from './context.ts';
import { isAbsent } from '../absent.ts';

const linesAtOnce = 500;
const progressEvery = 20_000;

export interface BulkRunnerOptions {
  readonly store: AdminStore;
  /** folder for the result files */
  readonly folder: string;
  readonly sandboxUrl: () => string;
  readonly contextFor: (scopes: readonly string[]) => AdminContext;
  /** tells the subscribers of bulk_operations/finish */
  readonly finished: (operation: SandboxBulkOperation) => void;
}

/** Runs recorded bulk operations one after another, each to a JSONL file that the sandbox serves. */
export function createBulkRunner(
  options: BulkRunnerOptions,
): BulkRunner & { resume(): void; fileOf(id: string, key: string): string | null; idle(): Promise<void> } {
  const { store } = options;
  let queue: Promise<void> = Promise.resolve();
  const update = (id: string, change: Partial<SandboxBulkOperation>): SandboxBulkOperation => {
    const known = store.bulkOperations.get(id);
    if (known === undefined) throw new Error(`bulk operation ${id} is gone`);
    const next = { ...known, ...change };
    store.putAdmin('bulkOperations', next);
    return next;
  };
  const pathOf = (id: string): string => join(options.folder, `bulk-${id}.jsonl`);
  const cancelled = (id: string): boolean => store.bulkOperations.get(id)?.status === 'CANCELING';
  const finish = (id: string, change: Partial<SandboxBulkOperation>): void => {
    options.finished(update(id, { ...change, completedAt: store.now().toISOString() }));
  };

  const run = async (id: string, scopes: readonly string[]): Promise<void> => {
    if (cancelled(id)) return finish(id, { status: 'CANCELED' });
    const operation = update(id, { status: 'RUNNING' });
    const context = options.contextFor(scopes);
    mkdirSync(options.folder, { recursive: true });
    const file = createWriteStream(pathOf(id));
    let objectCount = 0;
    let rootObjectCount = 0;
    let fileSize = 0;
    const chunk: string[] = [];
    const flush = async (): Promise<void> => {
      if (chunk.length === 0) return;
      const bytes = Buffer.from(`${chunk.join('\n')}\n`);
      chunk.length = 0;
      fileSize += bytes.length;
      if (!file.write(bytes)) await once(file, 'drain');
      // Other requests get their turn.
      await setImmediate();
    };
    try {
      for (const { line, isRoot } of bulkLines(operationOf(operation.query), context)) {
        chunk.push(line);
        objectCount += 1;
        if (isRoot) rootObjectCount += 1;
        if (chunk.length === linesAtOnce) await flush();
        if (objectCount % progressEvery === 0) {
          update(id, { objectCount, rootObjectCount });
          if (cancelled(id)) break;
        }
      }
      await flush();
      file.end();
      await once(file, 'finish');
    } catch (error) {
      file.destroy();
      const denied = error instanceof Error && error.message.startsWith('Access denied');
      if (!denied)
        process.stderr.write(
          `sandbox: bulk operation ${id}: ${error instanceof Error ? error.message : String(error)}\n`,
        );
      return finish(id, {
        status: 'FAILED',
        errorCode: denied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR',
        objectCount,
        rootObjectCount,
      });
    }
    if (cancelled(id)) return finish(id, { status: 'CANCELED', objectCount, rootObjectCount });
    if (objectCount === 0) rmSync(pathOf(id), { force: true });
    finish(id, {
      status: 'COMPLETED',
      objectCount,
      rootObjectCount,
      fileSize,
      fileKey: objectCount === 0 ? null : randomBytes(24).toString('base64url'),
    });
  };
  const start = (id: string, scopes: readonly string[]): void => {
    queue = queue.then(() => run(id, scopes));
  };
  return {
    start,
    cancel: (id) => void update(id, { status: 'CANCELING' }),
    url: (id) => {
      const operation = store.bulkOperations.get(id);
      return isAbsent(operation?.fileKey)
        ? null
        : `${options.sandboxUrl()}/shops/${store.shop.domain}/bulk/${id}/${operation.fileKey}.jsonl`;
    },
    fileOf: (id, key) => (store.bulkOperations.get(id)?.fileKey === key && existsSync(pathOf(id)) ? pathOf(id) : null),
    // What a kill interrupted begins again, as an operation does when Shopify moves it to another machine.
    resume: () => {
      for (const operation of store.bulkOperations.values())
        if (['CREATED', 'RUNNING', 'CANCELING'].includes(operation.status))
          start(operation.id, store.installation?.scopes ?? []);
    },
    idle: () => queue,
  };
}

function operationOf(query: string): { operation: OperationDefinitionNode; fragments: ReturnType<typeof fragmentsOf> } {
  const document = parse(query);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a bulk query without an operation was accepted');
  return { operation, fragments: fragmentsOf(document) };
}

function fragmentsOf(document: ReturnType<typeof parse>) {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}
