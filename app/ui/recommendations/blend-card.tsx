import { BlockStack, Card, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { BlendReport } from '#app/domains/recommendations/index.ts';
import { ShareBars } from '../charts/share-bars.tsx';
import { formatPlural } from '../format.ts';
import { mainShares, surfaceWords } from './source-words.ts';

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
      </BlockStack>
    </Card>
  );
}
