import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import { OrderFileError } from '#app/infra/order-files/index.ts';
import { fillFromOrders, type FillReport } from './generator/fill-from-orders.ts';
import { generateStore, usualSize, type StoreSize } from './generator/generate-store.ts';
import type { BaseData } from './store.ts';

const originFile = z.object({ firstStart: z.iso.datetime(), seed: z.number(), orders: z.string().nullable() });

export interface BaseOptions {
  readonly domain: string;
  /** where the origin is kept, so that a restart makes the same store; null = not kept */
  readonly folder: string | null;
  readonly seed: number;
  readonly ordersFile: string | null;
  readonly size: StoreSize | null;
  readonly now: Date;
}

/**
 * What a store begins with. The first start fixes the day on which its past ends, its seed and its order
 * file (a copy); every later start makes the same from them, whatever it is asked for.
 */
export async function loadBaseData(options: BaseOptions): Promise<{ base: BaseData; report: FillReport | null }> {
  const origin = readOrigin(options);
  if (origin.orders !== null) return filled(options, origin.orders, new Date(origin.firstStart));
  return {
    base: generateStore(options.domain, origin.seed, new Date(origin.firstStart), options.size ?? usualSize),
    report: null,
  };
}

function readOrigin(options: BaseOptions): z.infer<typeof originFile> {
  const { folder } = options;
  const fresh = { firstStart: options.now.toISOString(), seed: options.seed, orders: options.ordersFile };
  if (folder === null) return fresh;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'origin.json');
  if (existsSync(path)) {
    const known = originFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    return { ...known, orders: known.orders === null ? null : join(folder, known.orders) };
  }
  const copy = options.ordersFile === null ? null : `orders-${basename(options.ordersFile)}`;
  if (copy !== null && options.ordersFile !== null) copyFileSync(options.ordersFile, join(folder, copy));
  writeFileSync(`${path}.new`, JSON.stringify({ ...fresh, orders: copy }));
  renameSync(`${path}.new`, path);
  return { ...fresh, orders: copy === null ? null : join(folder, copy) };
}

/** Reading a large order file takes a while, so that what it gave is kept for the next start. */
async function filled(
  options: BaseOptions,
  orders: string,
  firstStart: Date,
): Promise<Awaited<ReturnType<typeof fillFromOrders>>> {
  const kept = options.folder === null ? null : join(options.folder, 'base.v8');
  if (kept !== null && existsSync(kept))
    return deserialize(readFileSync(kept)) as Awaited<ReturnType<typeof fillFromOrders>>;
  const fresh = await fillFromOrders(options.domain, orders, firstStart).catch((error: unknown) => {
    // What is read is a copy; the person at the terminal knows the file that was given.
    if (error instanceof OrderFileError)
      throw new OrderFileError(error.code, error.message.replaceAll(orders, options.ordersFile ?? basename(orders)));
    throw error;
  });
  if (kept !== null) {
    writeFileSync(`${kept}.new`, serialize(fresh));
    renameSync(`${kept}.new`, kept);
  }
  return fresh;
}
