import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import type { ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import type { LatestSimulation, SimulationReport } from '#app/flows/loyalty/simulation-report.ts';
import { formatAge, formatMoney, formatShare } from '../../ui/format.ts';
import { RunProgress } from '../../ui/runs/run-progress.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import { costOf } from '../loyalty/cost.ts';
import { SimulationFigures } from '../loyalty/simulation-card.tsx';
import type { ProgrammeAnswer } from './route.tsx';

export interface TrialCosts {
  /** of the settings that are saved; null = not calculated */
  readonly saved: SimulationReport | null;
  readonly tried: LatestSimulation;
  readonly breakage: number;
  readonly now: Date;
}

interface TrialCardProps {
  /** as the form has them */
  readonly settings: ProgrammeSettings;
  readonly costs: TrialCosts;
}

/** What the settings in the form would have cost on the orders of the last year, before anybody saves them. */
export function TrialCard({ settings, costs }: TrialCardProps) {
  const { saved, tried, breakage, now } = costs;
  const fetcher = useFetcher<ProgrammeAnswer>();
  usePolling(tried.running !== null);
  const calculate = (): void => {
    const wrong = document.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else fetcher.submit(JSON.stringify({ simulate: settings }), { method: 'post', encType: 'application/json' });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            What these settings would have cost
          </Text>
          <Button onClick={calculate} disabled={fetcher.state !== 'idle' || tried.running !== null}>
            Calculate without saving
          </Button>
        </InlineStack>
        {fetcher.data?.ok === false ? <Banner tone="critical" title={fetcher.data.message} /> : null}
        {tried.running ? <RunProgress run={tried.running} /> : null}
        {tried.failure === null ? null : (
          <Banner tone="critical" title="The last calculation failed">
            <p>{tried.failure}</p>
          </Banner>
        )}
        {tried.report ? (
          <>
            <SimulationFigures report={tried.report} breakage={breakage} />
            {saved ? <SavedCost report={saved} breakage={breakage} /> : null}
          </>
        ) : (
          <Text as="p" tone="subdued">
            Try out what you have changed above on the orders of the last year. Nothing is saved, and customers see
            nothing of it.
          </Text>
        )}
        {tried.finishedAt ? (
          <Text as="p" tone="subdued">
            Calculated {formatAge(tried.finishedAt, now)} by the form as it stood then.
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function SavedCost({ report, breakage }: { readonly report: SimulationReport; readonly breakage: number }) {
  const { expectedMinor, shareOfSales } = costOf(report, breakage);
  return (
    <Text as="p">
      The settings that were saved at the last calculation of <em>Loyalty</em>:{' '}
      {formatMoney(expectedMinor, report.currency)} expected cost, {formatShare(shareOfSales)} of sales.
    </Text>
  );
}
