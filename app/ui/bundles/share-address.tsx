import { BlockStack, Button, Card, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { toast } from '../app-bridge.ts';

/** Copies an address and says so; false where the browser does not let us. */
export async function copyAddress(address: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    // A frame without the permission: the browser's older way works on what is selected.
    const field = Object.assign(document.createElement('textarea'), { value: address });
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    if (!copied) return false;
  }
  toast('Address copied');
  return true;
}

/** The address of a bundle's own page in the store, to be shared. */
export function ShareAddress({ address, live }: { address: string; live: boolean }) {
  const [refused, setRefused] = useState(false);
  const copy = async (): Promise<void> => {
    setRefused(!(await copyAddress(address)));
  };
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          Share it
        </Text>
        <TextField
          label="Address of its own page"
          value={address}
          readOnly
          selectTextOnFocus
          autoComplete="off"
          connectedRight={<Button onClick={() => void copy()}>Copy</Button>}
          helpText={live ? 'For newsletters, posts and ads.' : 'The page opens as soon as the bundle is live.'}
          {...(refused ? { error: 'Select the address and copy it with the keyboard.' } : {})}
        />
      </BlockStack>
    </Card>
  );
}
