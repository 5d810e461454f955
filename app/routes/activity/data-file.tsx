import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Run } from '#app/domains/activity/index.ts';

type State = 'idle' | 'loading' | 'failed';

/** The download of a customer's own data, as long as the file is kept. */
export function DataFile({ run }: { run: Run }) {
  const [state, setState] = useState<State>('idle');
  if (run.result['available'] === false) {
    return (
      <Text as="p" tone="subdued">
        The file has been deleted. Files are kept for 30 days.
      </Text>
    );
  }
  const download = (): void => {
    setState('loading');
    save(run.id).then(
      () => {
        setState('idle');
      },
      () => {
        setState('failed');
      },
    );
  };
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <Text as="p" tone="subdued">
          A customer asked for the data kept about them. Hand this file on within 30 days; then it is deleted.
        </Text>
        <Button onClick={download} loading={state === 'loading'}>
          Download data
        </Button>
      </InlineStack>
      {state === 'failed' ? (
        <Text as="p" tone="critical">
          The file could not be downloaded. Reload the page and try again.
        </Text>
      ) : null}
    </BlockStack>
  );
}

/** A link could not carry the session token, a request does. @throws when the file is gone or cannot be reached */
async function save(id: string): Promise<void> {
  const response = await fetch(`/activity/data-request/${id}`);
  if (!response.ok) throw new Error(`the file was answered with ${String(response.status)}`);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `customer-data-${id}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
