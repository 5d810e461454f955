import { BlockStack, Card, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { BlendReport, BlendValidation } from '#app/domains/recommendations/index.ts';
import { ShareBars } from '../charts/share-bars.tsx';
import { formatPlural } from '../format.ts';
import { mainShares, surfaceWords } from './source-words.ts';

/** Of 100 points, all of which a list has that begins with what was bought. */
const points = (score: number): string => (score * 100).toFixed(1);

/** How the mix did on the latest baskets, and which one shoppers are given. */
function judgedWords({ cases, learnt, prior, stands }: BlendValidation): string {
  const compared = `Checked on the latest ${formatPlural(cases, 'basket')}, each asked of what came before it: ${points(learnt)} of 100 points for what the earlier ones taught, ${points(prior)} for the mix that every store begins with.`;
  if (stands === 'prior') return `${compared} So the mix to begin with stands until your orders teach a better one.`;
  return learnt < prior ? `${compared} The difference may be chance, so what your orders taught stands.` : compared;
}

/** What each source counts on each surface, as learnt from the shop's own past. */
export function BlendCard({ blends }: { blends: readonly BlendReport[] }) {
  const [surface, setSurface] = useState('');
  const heard = blends.filter((blend) => Object.values(blend.weights).some((weight) => weight > 0));
  const blend = heard.find((one) => one.surface === surface) ?? heard[0];
  if (!blend) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          How much each source counts
        </Text>
        <Select
          label="Question"
          labelHidden
          options={heard.map(({ surface: value }) => ({ value, label: surfaceWords(value) }))}
          value={blend.surface}
          onChange={setSurface}
        />
        <ShareBars title={`Weights for: ${surfaceWords(blend.surface)}`} bars={mainShares(blend.weights)} />
        <Text as="p" tone="subdued">
          {`Learnt on ${formatPlural(blend.cases, 'past basket')} of your store.`}
        </Text>
        {blend.validation === null || blend.validation.cases === 0 ? null : (
          <Text as="p" tone="subdued">
            {judgedWords(blend.validation)}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
