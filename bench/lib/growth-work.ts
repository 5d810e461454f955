import { availableParallelism } from 'node:os';
import { chooseLinearItems } from '#app/domains/recommendations/engine/linear-items.ts';
import { trainModel } from '#app/domains/recommendations/engine/train-model.ts';
import { generateHistory } from './generated-orders.ts';

// Started by bench/training-growth.ts: one size, its figures as JSON.
const [orders = 0, products = 0, linesPerOrder = 0] = process.argv.slice(2).map(Number);
const history = generateHistory({ orders, products, linesPerOrder });
let pairs = 0;
for (let basket = 0; basket < history.basketAt.length; basket += 1) {
  const length = (history.basketStart[basket + 1] ?? 0) - (history.basketStart[basket] ?? 0);
  pairs += length * (length - 1);
}
const begun = performance.now();
const seconds: Record<string, number> = {};
let last = begun;
let name = '';
const close = () => {
  const now = performance.now();
  if (name !== '') seconds[name] = (now - last) / 1000;
  last = now;
};
const { report } = trainModel(history, [], {
  threads: availableParallelism(),
  onStep(step) {
    close();
    name = step;
  },
});
close();
console.log(
  JSON.stringify({
    pairs,
    seconds: (performance.now() - begun) / 1000,
    steps: seconds,
    linear: report.linear,
    linearProducts: chooseLinearItems(history).items.length,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
