import { type AskingSurface, modelConfidence, type TrainingReport } from '#app/domains/recommendations/index.ts';
import type { BadRow } from '#app/infra/order-files/index.ts';

export interface RunFacts {
  readonly orders: string;
  readonly baskets: string;
  readonly lines: number;
  readonly sales: number;
  readonly bad: readonly BadRow[];
  readonly badBaskets: readonly BadRow[];
  readonly asked: number;
  readonly short: number;
  readonly report: TrainingReport;
  readonly surface: AskingSurface;
  readonly trainedSeconds: number;
  readonly answeredSeconds: number;
  readonly peakMegabytes: number;
}

/** What a run of the command line has done, in a few lines for a person. */
export function summarise(facts: RunFacts): string {
  const { report } = facts;
  const blend = report.blends.find((one) => one.surface === facts.surface);
  const judged = blend?.validation ?? null;
  const weights = Object.entries(blend?.weights ?? {})
    .filter(([, weight]) => weight !== 0)
    .sort((a, b) => b[1] - a[1]);
  return [
    `${facts.orders}: ${facts.lines} usable lines, ${facts.sales} of them sales; ${report.orders} orders, ${report.customers} customers, ${report.products} products`,
    ...badLines(facts.orders, facts.bad),
    ...badLines(facts.baskets, facts.badBaskets),
    `trained in ${facts.trainedSeconds.toFixed(1)} s (reading included)${report.linear ? '' : ', without the linear model'}`,
    `how sure: ${modelConfidence(report).replaceAll('-', ' ')}`,
    weights.length === 0
      ? 'blend: too few past baskets to learn from, starting weights used'
      : `blend for ${facts.surface}, learnt from ${blend?.cases ?? 0} past baskets: ${weights.map(([source, weight]) => `${source} ${weight.toFixed(2)}`).join(', ')}`,
    ...(judged === null || judged.cases === 0
      ? []
      : [
          `on the latest ${judged.cases} of them, asked of what came before: NDCG@10 ${judged.learnt.toFixed(4)} learnt, ${judged.prior.toFixed(4)} to begin with; ${judged.stands === 'learnt' ? 'what was learnt' : 'what stores begin with'} stands`,
        ]),
    `answered ${facts.asked} baskets in ${facts.answeredSeconds.toFixed(1)} s${facts.short > 0 ? `, ${facts.short} shorter than asked because nothing is left to offer` : ''}; peak memory ${Math.round(facts.peakMegabytes)} MB`,
  ].join('\n');
}

/** One line for each reason why rows were left out. */
export function badLines(path: string, bad: readonly BadRow[]): string[] {
  const reasons = new Map<string, number[]>();
  for (const { reason, line } of bad) {
    const lines = reasons.get(reason) ?? [];
    lines.push(line);
    reasons.set(reason, lines);
  }
  return [...reasons].map(
    ([reason, lines]) =>
      `${path}: ${lines.length} bad row${lines.length > 1 ? 's' : ''}, ${reason}: line ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''}`,
  );
}
