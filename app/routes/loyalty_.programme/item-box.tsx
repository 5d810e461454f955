import { BlockStack, Box, Button, Checkbox, InlineStack } from '@shopify/polaris';
import type { ReactNode } from 'react';

interface ItemBoxProps {
  readonly name: string;
  readonly about?: string;
  /** whether it is switched on; left out = it cannot be switched */
  readonly on?: boolean;
  readonly onSwitch?: (on: boolean) => void;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** One of a card's rules, tiers or rewards: its switch, its fields and the button that takes it away. */
export function ItemBox({ name, about, on, onSwitch, onRemove, children }: ItemBoxProps) {
  const remove = (
    <Button variant="plain" tone="critical" accessibilityLabel={`Remove ${name}`} onClick={onRemove}>
      Remove
    </Button>
  );
  return (
    <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
      <BlockStack gap="200">
        {on === undefined ? null : (
          <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
            <Checkbox
              label={name}
              {...(about === undefined ? {} : { helpText: about })}
              checked={on}
              {...(onSwitch ? { onChange: onSwitch } : {})}
            />
            <span className="keeps-width">{remove}</span>
          </InlineStack>
        )}
        {children}
        {on === undefined ? <InlineStack align="end">{remove}</InlineStack> : null}
      </BlockStack>
    </Box>
  );
}
