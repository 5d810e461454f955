import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { startCrew } from '#app/domains/recommendations/engine/crew.ts';
import { countNeighbours } from '#app/domains/recommendations/engine/neighbours.ts';
import { createHistoryBuilder, type History } from '#app/domains/recommendations/engine/history.ts';
import { loadPairKernel } from '#app/domains/recommendations/engine/pair-kernel.ts';
import { trainModel } from '#app/domains/recommendations/engine/train-model.ts';
import type { CatalogItem } from '#app/domains/recommendations/index.ts';
import { readOrderFile } from '#app/infra/order-files/index.ts';

// Started by bench/training.ts: one work on one file, its figures as JSON.
const [work = '', file = '', folder = ''] = process.argv.slice(2);

async function load(): Promise<{ history: History; catalog: CatalogItem[] }> {
  const builder = createHistoryBuilder();
  const titles = new Map<string, string>();
  for await (const row of readOrderFile(file, () => undefined)) {
    if (row.kind !== 'sale') continue;
    builder.add(row.orderId, row.customerId, row.orderedAt, row.productId);
    titles.set(row.productId, row.productName);
  }
  const catalog = [...titles].map(([productId, title]) => ({
    productId,
    title,
    productType: '',
    vendor: '',
    tags: [],
    priceMinor: null,
    sellable: true,
  }));
  return { history: builder.build(), catalog };
}

/** Both directions of every pair, as the neighbours need them; the sum keeps the loop from being removed. */
function enumeratePairs({ basketStart, basketItem, basketAt }: History): { pairs: number; sum: number } {
  let pairs = 0;
  let sum = 0;
  for (let basket = 0; basket < basketAt.length; basket += 1) {
    const from = basketStart[basket] ?? 0;
    const to = basketStart[basket + 1] ?? 0;
    for (let a = from; a < to; a += 1) {
      const one = basketItem[a] ?? 0;
      for (let b = from; b < to; b += 1) {
        if (a === b) continue;
        sum = (sum + one * 31 + (basketItem[b] ?? 0)) | 0;
        pairs += 1;
      }
    }
  }
  return { pairs, sum };
}

/** Line by line what `python-baselines.py` reads. */
function exportLines({ basketStart, basketItem, basketCustomer, basketAt }: History, folder: string): string {
  const basketOf = new Int32Array(basketItem.length);
  const customerOf = new Int32Array(basketItem.length);
  for (let basket = 0; basket < basketAt.length; basket += 1) {
    basketOf.fill(basket, basketStart[basket], basketStart[basket + 1]);
    customerOf.fill(basketCustomer[basket] ?? -1, basketStart[basket], basketStart[basket + 1]);
  }
  const write = (name: string, values: Int32Array) =>
    writeFileSync(path.join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  write('item.bin', basketItem);
  write('basket.bin', basketOf);
  write('customer.bin', customerOf);
  return `${basketItem.length} lines`;
}

// In a training the helpers start and their code is made while orders come and descriptions are compared; here, while
// the file is read.
loadPairKernel();
const crew = startCrew(work === 'neighbours' ? availableParallelism() : 1);
const { history, catalog } = await load();
const begun = performance.now();
const cpuBegun = process.cpuUsage();
let note: string;
if (work === 'export') note = exportLines(history, folder);
else if (work === 'pairs') {
  const { pairs, sum } = enumeratePairs(history);
  note = `${(pairs / 1e6).toFixed(1)} million pairs, check ${sum}`;
} else if (work === 'neighbours') {
  note = `${countNeighbours(history, 200, crew).item.length} neighbours kept`;
} else {
  const steps: string[] = [];
  let last = begun;
  let name = '';
  const close = () => {
    const now = performance.now();
    if (name !== '') steps.push(`${name} ${((now - last) / 1000).toFixed(1)} s`);
    last = now;
  };
  const { report } = trainModel(history, catalog, {
    threads: availableParallelism(),
    onStep(step) {
      close();
      name = step;
    },
  });
  close();
  note = `${report.orders} orders, ${report.products} products; ${steps.join(', ')}`;
}
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(cpuBegun);
crew.dismiss();
console.log(
  JSON.stringify({
    seconds,
    processorSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    note,
  }),
);
