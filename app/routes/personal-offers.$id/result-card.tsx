import { BlockStack, Card, DataTable, InlineGrid, List, Text } from '@shopify/polaris';
import type { ExperimentResult } from '#app/domains/experiments/index.ts';
import type { Gift, OfferFigures, OfferState, SizesReading, StoppedSize } from '#app/domains/personal-offers/index.ts';
import { FigureCard } from '../../ui/figure-card.tsx';
import { formatCount, formatDay, formatMoney, formatPlural } from '../../ui/format.ts';
import { HoldoutCard } from '../../ui/holdout-card.tsx';
import { sizeWords } from '../../ui/personal-offers/words.ts';
import { chosenWords, resultBasis, resultWords, sizeVerdict } from './result-words.ts';

/** A stored offer as the page shows it. */
export interface ShownOffer {
  readonly title: string;
  readonly status: OfferState;
  readonly endReason: string | null;
  readonly revision: number;
  readonly stopped: readonly StoppedSize[];
  readonly liveFrom: Date | string | null;
  readonly gift: Gift;
  /** it is only for who is in some segments */
  readonly among: boolean;
  /** those who are in its segments from the start are still to come in */
  readonly entering: boolean;
  readonly figures: OfferFigures | null;
  readonly result: ExperimentResult | null;
  readonly sizes: {
    readonly profit: readonly (readonly [number, number])[];
    readonly chosen: SizesReading['chosen'];
    readonly customers: number;
  } | null;
}

interface ResultCardProps {
  readonly offer: ShownOffer;
  readonly currency: string;
  readonly timeZone: string;
}

/** What the offer has given and taken, what it earned beside those who got nothing, and how its sizes do. */
export function ResultCard({ offer, currency, timeZone }: ResultCardProps) {
  const { figures, result, sizes, gift, among, stopped } = offer;
  /** an invitation has no code that could be used or cost anything */
  const invites = gift.type === 'early-access';
  return (
    <>
      <InlineGrid columns={{ xs: 1, sm: 2, md: invites ? 2 : 4 }} gap="300">
        <FigureCard
          name="Given"
          value={formatCount(figures?.given ?? 0)}
          note={
            (figures?.waiting ?? 0) > 0
              ? `${formatPlural(figures?.waiting ?? 0, 'customer')} still to be decided on`
              : `${formatCount(figures?.heldOut ?? 0)} got nothing, for the comparison`
          }
        />
        {invites ? null : (
          <>
            <FigureCard name="Used" value={formatCount(figures?.used ?? 0)} note="orders that stand" />
            <FigureCard
              name="Cost"
              value={formatMoney(figures?.bookedMinor ?? 0, currency)}
              note={`${formatMoney(figures?.reservedMinor ?? 0, currency)} reserved for open codes`}
            />
          </>
        )}
        <FigureCard
          name="Not given"
          value={formatCount(figures?.skipped ?? 0)}
          note="not for them, or a limit; see Why / why not"
        />
      </InlineGrid>
      {result ? (
        <HoldoutCard
          title="What it earns"
          result={result}
          words={resultWords(result)}
          basis={
            result.status === 'off'
              ? ''
              : resultBasis(result, formatDay(result.since, timeZone), { gift: gift.type, among })
          }
          settings={{ label: 'Personal offers', url: '/personal-offers' }}
          groups={{ treatment: 'With the offer', holdout: 'Without it' }}
          unit="customer"
        />
      ) : null}
      {sizes && (gift.type === 'percentage' || gift.type === 'amount') ? (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingSm">
              Which size works
            </Text>
            <Text as="p">{chosenWords(offer, currency)}</Text>
            <DataTable
              columnContentTypes={['text', 'numeric', 'text']}
              headings={['Size', 'Profit per customer', 'State']}
              rows={sizes.profit.map(([size, profit]) => [
                size === 0 ? 'Nothing' : sizeWords(gift.type, size, currency),
                formatMoney(profit, currency),
                sizeVerdict(size, stopped, sizes.chosen?.size ?? null),
              ])}
            />
          </BlockStack>
        </Card>
      ) : null}
      {offer.endReason === 'no-gain' ? (
        <Card>
          <List>
            <List.Item>
              It ended by itself: no size earned more than it cost. Codes that were given stay good.
            </List.Item>
          </List>
        </Card>
      ) : null}
    </>
  );
}
