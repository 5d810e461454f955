import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatDay } from '../../ui/format.ts';
import { HoldoutCard } from '../../ui/holdout-card.tsx';
import { profitBasis, profitWords } from './profit-words.ts';

interface ProfitCardProps {
  readonly result: ExperimentResult;
  readonly timeZone: string;
  readonly title?: string;
}

/** What the programme really changed: customers with it beside customers without it. */
export function ProfitCard({ result, timeZone, title = 'What it earns' }: ProfitCardProps) {
  return (
    <HoldoutCard
      title={title}
      result={result}
      words={profitWords(result)}
      basis={result.status === 'off' ? '' : profitBasis(result, formatDay(result.since, timeZone))}
      settings={{ label: 'Open the rules', url: '/loyalty/programme' }}
      groups={{ treatment: 'With the programme', holdout: 'Without it' }}
      unit="customer"
    />
  );
}
