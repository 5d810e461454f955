import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatDay } from '../../ui/format.ts';
import { HoldoutCard } from '../../ui/holdout-card.tsx';
import { basisWords, profitWords } from './profit-words.ts';

/** What the programme really changed: customers with it beside customers without it. */
export function ProfitCard({ result, timeZone }: { result: ExperimentResult; timeZone: string }) {
  return (
    <HoldoutCard
      title="What it earns"
      result={result}
      words={profitWords(result)}
      basis={result.status === 'off' ? '' : basisWords(result, formatDay(result.since, timeZone))}
      settings={{ label: 'Open the rules', url: '/loyalty/programme' }}
      groups={{ treatment: 'With the programme', holdout: 'Without it' }}
      unit="customer"
    />
  );
}
