import { BlockStack, Card, RangeSlider, Text } from '@shopify/polaris';
import type { Assessment, Beside, StoredIdea } from '#app/domains/bundle-ideas/index.ts';
import { formatBps, formatCount, formatMoney, formatPlural, formatShare } from '../../ui/format.ts';
import { chanceWords, rangeWords, stackWords, wholeWords, worstWords } from '../../ui/ideas/idea-words.ts';
import { ProfitChart } from './profit-chart.tsx';

interface PriceCardProps {
  readonly assessment: Assessment;
  readonly idea: Pick<StoredIdea, 'kind' | 'evidence'>;
  readonly basisPoints: number;
  readonly onChange: (basisPoints: number) => void;
  readonly currency: string;
  readonly beside: Beside;
  /** of the price without tax */
  readonly minMarginBps: number;
}

/** What each discount would earn: chart, slider, and the numbers of the chosen one in sentences. */
export function PriceCard(props: PriceCardProps) {
  const { assessment, basisPoints, onChange, currency } = props;
  const point = assessment.points.find((one) => one.basisPoints === basisPoints);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Expected profit a month by discount
        </Text>
        <ProfitChart points={assessment.points} chosen={basisPoints} currency={currency} />
        <RangeSlider
          label="Discount"
          min={1}
          max={40}
          step={1}
          value={Math.round(basisPoints / 100)}
          onChange={(value) => {
            onChange((Array.isArray(value) ? value[0] : value) * 100);
          }}
          output
          suffix={
            <Text as="span" numeric>
              {formatBps(basisPoints)}
            </Text>
          }
        />
        {point ? <Chosen {...props} point={point} /> : null}
      </BlockStack>
    </Card>
  );
}

function Chosen({
  point,
  idea,
  currency,
  beside,
  minMarginBps,
  assessment,
}: PriceCardProps & { point: Assessment['points'][number] }) {
  const { worst } = point;
  const margin = worst.marginBps === null ? 'nothing' : formatShare(worst.marginBps / 10_000);
  const best = assessment.best?.basisPoints === point.basisPoints;
  return (
    <BlockStack gap="200">
      <Text as="p">
        {`${best ? 'The best of the discounts tried. ' : ''}At ${formatBps(point.basisPoints)} off the bundle costs ${formatMoney(point.priceMinor, currency)}. Of ${formatPlural(Math.round(idea.evidence.monthlyChances), 'order')} a month with ${chanceWords(idea)}, about ${formatCount(Math.round(point.extraBundles * 10) / 10)} more would ${wholeWords(idea)}. That would change your profit by `}
        <strong>{formatMoney(point.profit.value, currency, { sign: true })}</strong>
        {`, likely ${rangeWords(point.profit, currency)}.`}
      </Text>
      <Text as="p">
        {point.breakEven === null
          ? 'At this discount no attach rate would pay: what a whole bundle leaves is less than what one part leaves at full price.'
          : `It pays from an attach rate of ${formatShare(point.breakEven)} on; today, without an offer, it is ${formatShare(idea.evidence.attach.value)}.`}
      </Text>
      <Text as="p" {...(worst.refusal === null ? { tone: 'subdued' as const } : { tone: 'critical' as const })}>
        {worst.refusal === null
          ? `In the worst case (${worstWords(worst, currency)}) ${margin} is left; your minimum is ${formatBps(minMarginBps)}.`
          : worst.refusal === 'margin'
            ? `Refused: the discount alone would leave less than your minimum margin of ${formatBps(minMarginBps)}.`
            : `Refused: ${worstWords(worst, currency)} together would leave ${margin}; your minimum is ${formatBps(minMarginBps)}.`}
      </Text>
      <Text as="p" tone="subdued">
        {stackWords(beside)}
      </Text>
    </BlockStack>
  );
}
