import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatDay } from '../../ui/format.ts';
import { HoldoutCard } from '../../ui/holdout-card.tsx';
import { experimentWords, measureWords } from './experiment-words.ts';

/** What Trellis really changed: visitors with it beside visitors without it. */
export function ExperimentCard({ result, timeZone }: { result: ExperimentResult; timeZone: string }) {
  return (
    <HoldoutCard
      title="With and without Trellis"
      result={result}
      words={experimentWords(result)}
      basis={result.status === 'off' ? '' : measureWords(result, formatDay(result.since, timeZone))}
      settings={{ label: 'Open Settings', url: '/settings' }}
      groups={{ treatment: 'With Trellis', holdout: 'Without Trellis' }}
      unit="visitor"
    />
  );
}
