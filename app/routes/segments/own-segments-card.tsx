import { useFetcher } from '@remix-run/react';
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { SegmentRow } from '#app/flows/segments/own-segments.ts';
import type { SaveOutcome } from '#app/flows/segments/save-segment.ts';
import { formatPlural } from '../../ui/format.ts';

/** The merchant's own segments: what they are, how many are in them, and what can be done with them. */
export function OwnSegmentsCard({ segments }: { segments: readonly SegmentRow[] }) {
  const [asked, setAsked] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const fetcher = useFetcher<SaveOutcome>();
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined;
  const archived = answer?.code === 'saved' ? asked : null;
  const refusal = asked !== null && answer !== undefined && answer.code !== 'saved' ? answer.message : null;
  const putAway = (id: string, away: boolean): void => {
    fetcher.submit({ archived: away }, { method: 'post', action: `/segments/own/${id}`, encType: 'application/json' });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Your segments
        </Text>
        {archived === null ? null : (
          <Banner
            tone="success"
            onDismiss={() => {
              setAsked(null);
            }}
            action={{
              content: 'Undo',
              onAction: () => {
                putAway(archived.id, false);
                setAsked(null);
              },
            }}
          >
            {archived.name} was archived.
          </Banner>
        )}
        {refusal === null ? null : (
          <Banner
            tone="critical"
            title={`${asked?.name ?? ''} was not archived`}
            onDismiss={() => {
              setAsked(null);
            }}
          >
            {refusal}
          </Banner>
        )}
        {segments.length === 0 ? (
          <Text as="p" tone="subdued">
            Put customers together by what they bought, spent, looked at or are tagged with, such as those who spent
            much and went silent. A segment keeps itself up to date.
          </Text>
        ) : (
          <ul className="segment-list">
            {segments.map((segment) => (
              <li key={segment.id}>
                <SegmentWords segment={segment} />
                <InlineStack gap="200">
                  <Button
                    variant="plain"
                    url={`/segments/people?segment=${segment.id}`}
                    accessibilityLabel={`Show the customers of ${segment.name}`}
                  >
                    Customers
                  </Button>
                  <Button
                    variant="plain"
                    url={`/segments/own/new?from=${segment.id}`}
                    accessibilityLabel={`Duplicate ${segment.name}`}
                  >
                    Duplicate
                  </Button>
                  <Button
                    variant="plain"
                    tone="critical"
                    accessibilityLabel={`Archive ${segment.name}`}
                    onClick={() => {
                      putAway(segment.id, true);
                      setAsked(segment);
                    }}
                  >
                    Archive
                  </Button>
                </InlineStack>
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}

function SegmentWords({ segment }: { segment: SegmentRow }) {
  const { id, name, words, customers, filled, problem, tag } = segment;
  return (
    <BlockStack gap="050">
      <InlineStack gap="200" blockAlign="center">
        <Link url={`/segments/own/${id}`} monochrome>
          <Text as="span" fontWeight="semibold">
            {name}
          </Text>
        </Link>
        {problem === 'too-heavy' ? (
          <Badge tone="warning">Takes too long to find</Badge>
        ) : filled ? (
          <Text as="span">{formatPlural(customers, 'customer')}</Text>
        ) : (
          <Badge tone="info">Being filled</Badge>
        )}
        {tag === null ? null : <Badge>{`Tag: ${tag}`}</Badge>}
      </InlineStack>
      <Text as="span" tone="subdued" breakWord>
        {words ?? 'Its conditions cannot be read any more: make it anew.'}
      </Text>
    </BlockStack>
  );
}
