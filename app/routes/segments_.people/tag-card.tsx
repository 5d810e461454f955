import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { SegmentTag } from '#app/domains/segments/index.ts';
import type { TagOutcome } from '#app/flows/segments/tag-segment.ts';
import { formatAge, formatCount, formatPlural } from '../../ui/format.ts';
import { usePolling } from '../../ui/use-polling.ts';

interface TagCardProps {
  readonly tag: SegmentTag | null;
  /** a tag by the segment's name */
  readonly proposal: string;
  /** see `PlatformCapabilities.customerTags`; null = the store is not reached now */
  readonly tagging: { readonly field: string | null } | null;
  readonly now: Date;
}

/** The segment in the store: its customers carry a tag there, for the store's own tools and those of others. */
export function TagCard({ tag, proposal, tagging, now }: TagCardProps) {
  const [text, setText] = useState(tag?.tag ?? proposal);
  const fetcher = useFetcher<TagOutcome>();
  const field = tagging?.field ?? null;
  const isSame = tag?.tag === text.trim();
  const failed = tag !== null && (tag.refused > 0 || tag.problem !== null);
  const busy = fetcher.state !== 'idle';
  const refusal = !busy && fetcher.data && fetcher.data.code !== 'saved' ? fetcher.data.message : undefined;
  usePolling(tag !== null && tag.problem === null && (tag.waiting > 0 || tag.syncedAt === null));
  const send = (wanted: string | null): void => {
    fetcher.submit({ tag: wanted }, { method: 'post', encType: 'application/json' });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Tag in your store
        </Text>
        <Text as="p" tone="subdued">
          {field === null
            ? 'Customers who come into this segment get the tag in your store’s admin, and lose it when they leave; that takes up to ten minutes. A tag that you gave a customer yourself stays.'
            : `Your store knows no tags of customers. Those who come into this segment have it in their field “${field}”, which other plugins can read, and lose it when they leave; that takes up to ten minutes.`}
        </Text>
        <InlineStack gap="200" blockAlign="end">
          <TextField
            label="Tag"
            value={text}
            onChange={setText}
            maxLength={40}
            autoComplete="off"
            disabled={tagging === null}
            {...(refusal === undefined ? {} : { error: refusal })}
          />
          <Button
            loading={busy}
            disabled={tagging === null || (isSame && !failed)}
            onClick={() => {
              send(text);
            }}
          >
            {tag === null ? 'Tag them' : isSame && failed ? 'Try again' : 'Change the tag'}
          </Button>
          {tag === null ? null : (
            <Button
              tone="critical"
              variant="plain"
              disabled={busy}
              onClick={() => {
                send(null);
              }}
            >
              Take the tag away
            </Button>
          )}
        </InlineStack>
        {tag === null ? null : <Progress tag={tag} now={now} />}
      </BlockStack>
    </Card>
  );
}

function Progress({ tag, now }: { tag: SegmentTag; now: Date }) {
  const { placed, waiting, refused, problem, syncedAt } = tag;
  return (
    <BlockStack gap="200">
      {problem === null ? null : (
        <Banner tone="warning" title="Your store takes no tags now">
          <p>
            It says: {problem} Trellis tries again every ten minutes. Where a permission is missing, open the app once
            more and agree to it.
          </p>
        </Banner>
      )}
      <div role="status">
        <Text as="p">
          {formatPlural(placed, 'customer')} {placed === 1 ? 'carries' : 'carry'} the tag
          {waiting > 0 ? `, ${formatCount(waiting)} to go` : ''}
          {syncedAt === null ? '' : ` · checked ${formatAge(syncedAt, now)}`}
        </Text>
      </div>
      {refused === 0 ? null : (
        <Text as="p" tone="caution">
          Your store did not let {formatPlural(refused, 'customer')} have it: they may be gone there, or carry as many
          tags as it allows.
        </Text>
      )}
    </BlockStack>
  );
}
