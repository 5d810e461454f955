import { BlockStack, Card, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';

interface FigureCardProps {
  readonly name: string;
  readonly value: string;
  /** what puts the figure into perspective */
  readonly note: string;
  /** a small chart below, for example */
  readonly children?: ReactNode;
}

/** One figure with its name and what it means. */
export function FigureCard({ name, value, note, children }: FigureCardProps) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h3" variant="headingSm" tone="subdued">
          {name}
        </Text>
        <Text as="p" variant="headingLg" numeric>
          {value}
        </Text>
        <Text as="p" tone="subdued">
          {note}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}
