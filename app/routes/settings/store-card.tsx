import { useFetcher } from '@remix-run/react';
import { Badge, BlockStack, Button, Card, InlineStack, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Companion } from '#app/platforms/platform.ts';
import { daysKeptAfterLeave } from '#app/shared/retention.ts';
import type { StoreAnswer } from '../settings_.store.ts';

export interface StoreFacts {
  readonly address: string;
  /** the merchant can take leave here */
  readonly leave: boolean;
  readonly companion: Companion | null;
}

const states = {
  connected: { tone: 'success', word: 'Connected' },
  waiting: { tone: 'attention', word: 'Waits for you' },
  outdated: { tone: 'warning', word: 'Too old' },
  missing: { tone: 'attention', word: 'Not installed' },
} as const satisfies Record<Companion['state'], { tone: string; word: string }>;

/** The store that is connected, our plugin in it, and the way out. */
export function StoreCard({ store }: { store: StoreFacts }) {
  const asker = useFetcher<StoreAnswer>();
  const [asking, setAsking] = useState(false);
  const { companion } = store;
  const state = companion && states[companion.state];
  const send = (intent: 'check' | 'disconnect'): void => {
    asker.submit({ intent }, { method: 'post', action: '/settings/store', encType: 'application/json' });
  };
  const busy = asker.state !== 'idle';
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="p" breakWord>
            {store.address}
          </Text>
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" tone="subdued">
              {`Plugin${companion?.version ? ` ${companion.version}` : ''}`}
            </Text>
            {state ? <Badge tone={state.tone}>{state.word}</Badge> : <Badge>Not looked for yet</Badge>}
          </InlineStack>
        </BlockStack>
        {asker.data?.ok === false ? (
          <Text as="p" tone="critical">
            {asker.data.message}
          </Text>
        ) : null}
        <InlineStack gap="200">
          <Button onClick={() => send('check')} loading={busy && !asking}>
            Check again
          </Button>
          <Button tone="critical" onClick={() => setAsking(true)}>
            Disconnect
          </Button>
        </InlineStack>
      </BlockStack>
      <Modal
        open={asking}
        onClose={() => setAsking(false)}
        title="Disconnect your store?"
        primaryAction={{ content: 'Disconnect', destructive: true, loading: busy, onAction: () => send('disconnect') }}
        secondaryActions={[{ content: 'Cancel', onAction: () => setAsking(false) }]}
      >
        <Modal.Section>
          <Text as="p">
            Suggestions, bundles and their prices disappear from your store, and Trellis reads nothing of it any more.
            {`Your bundles and numbers are kept for ${String(daysKeptAfterLeave)} days in case you come back, then everything is erased.`}
          </Text>
        </Modal.Section>
      </Modal>
    </Card>
  );
}
