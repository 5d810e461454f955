import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Run } from '#app/domains/activity/index.ts';
import { saveFile } from '../../ui/save-file.ts';

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
    saveFile(`/activity/data-request/${run.id}`, `customer-data-${run.id}.json`).then(
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
