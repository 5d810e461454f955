import { BlockStack, Box, Link, Text } from '@shopify/polaris';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import { formatDay } from '../../ui/format.ts';
import { HoldoutCard } from '../../ui/holdout-card.tsx';
import { ProfitCard } from '../loyalty/profit-card.tsx';
import { earnedBasis, earnedWords } from './earned-words.ts';

interface EarnedProps {
  /** of the programmes of points and referrals together; null = there is no programme of points */
  readonly profit: ExperimentResult | null;
  /** of referrals alone */
  readonly own: ExperimentResult;
  readonly timeZone: string;
}

/** What referrals earn alone, beside customers who are not asked, and together with points where there is such a programme. */
export function Earned({ profit, own, timeZone }: EarnedProps) {
  const together = profit !== null && profit.status !== 'off';
  return (
    <>
      {own.status !== 'off' || !together ? (
        <HoldoutCard
          title="What referrals earn"
          result={own}
          words={earnedWords(own)}
          basis={own.status === 'off' ? '' : earnedBasis(own, formatDay(own.since, timeZone))}
          settings={{ label: 'Open the programme', url: '/referrals/programme' }}
          groups={{ treatment: 'Asked to recommend you', holdout: 'Not asked' }}
          unit="customer"
        />
      ) : null}
      {together ? (
        <BlockStack gap="200">
          <ProfitCard result={profit} timeZone={timeZone} title="What points and referrals earn together" />
          <Box paddingInline={{ xs: '400', sm: '0' }}>
            <Text as="p" tone="subdued">
              Customers without the programme of points are not asked to recommend you either, so this is what both
              change in what customers themselves bring, rewards paid. Friends are not in it.{' '}
              <Link url="/loyalty">Open loyalty</Link>
            </Text>
          </Box>
        </BlockStack>
      ) : null}
    </>
  );
}
