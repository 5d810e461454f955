import type { BacktestResult } from '#app/flows/backtest-result.ts';
import { formatCount, formatPlural, formatShare } from '../../ui/format.ts';
import { sourceWords, surfaceWords } from '../../ui/recommendations/source-words.ts';

type Surface = BacktestResult['surfaces'][number];
type Estimate = Surface['blend']['hitRate'];

/** What one case of a surface is. */
const caseWords: Readonly<Record<Surface['surface'], string>> = {
  cart: 'carts, with one product taken out of each and what the customer bought before known',
  next: 'orders of customers who came back',
  discover: 'orders with something that was new to the customer',
  guest: 'carts, with one product taken out of each and nobody signed in',
};

/** "12.4%, between 10.1% and 15%". */
export function shareText({ value, low, high }: Estimate): string {
  return `${formatShare(value)}, between ${formatShare(low)} and ${formatShare(high)}`;
}

/** The result of one surface in a sentence that a merchant understands. */
export function surfaceSentence(surface: Surface, shown: number): string {
  if (surface.cases === 0)
    return `Your past orders hold no ${caseWords[surface.surface]} yet, so there is nothing to test.`;
  const { hitRate } = surface.blend;
  const start = `Trellis was asked about ${formatCount(surface.cases)} ${caseWords[surface.surface]}. In ${formatShare(hitRate.value)} of them (between ${formatShare(hitRate.low)} and ${formatShare(hitRate.high)}) one of its ${formatPlural(shown, 'suggestion')} was bought.`;
  const popular = surface.sources.find(({ source }) => source === 'popular');
  if (!popular || popular.hitRate.value <= 0) return start;
  const times = hitRate.value / popular.hitRate.value;
  return times >= 1.05
    ? `${start} That is ${formatCount(Math.round(times * 10) / 10)} times as often as with bestsellers alone.`
    : `${start} Bestsellers alone do about as well here.`;
}

/** The blend and each source that said anything, the best first. */
export function rowsOf(surface: Surface) {
  const row = (label: string, hitRate: Estimate, main: boolean) => ({
    label,
    ...hitRate,
    text: shareText(hitRate),
    main,
  });
  return [
    row('Trellis', surface.blend.hitRate, true),
    ...surface.sources
      .filter(({ hitRate }) => hitRate.value > 0)
      .sort((a, b) => b.hitRate.value - a.hitRate.value)
      .map(({ source, hitRate }) => row(sourceWords(source), hitRate, false)),
  ];
}

const heads = [
  'question',
  'source',
  'cases',
  'hit_rate',
  'hit_rate_low',
  'hit_rate_high',
  'ndcg',
  'ndcg_low',
  'ndcg_high',
];

/** All numbers of a backtest as CSV: shares from 0 to 1, 95 % intervals. */
export function backtestCsv(result: BacktestResult): string {
  const numbers = ({ hitRate, ndcg }: Surface['blend']): string[] =>
    [hitRate, ndcg].flatMap(({ value, low, high }) => [value, low, high].map((number) => number.toFixed(6)));
  const rows = result.surfaces.flatMap((surface) =>
    [{ source: 'blend', ...surface.blend }, ...surface.sources].map((score) => [
      surfaceWords(surface.surface),
      score.source,
      String(surface.cases),
      ...numbers(score),
    ]),
  );
  return [heads, ...rows]
    .map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`)
    .join('');
}
