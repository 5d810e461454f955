import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { formatCount, formatPlural } from './format.ts';
import { pickProducts } from './product-picker.ts';

interface ChosenProductsProps {
  readonly ids: readonly string[];
  /** of what was chosen when the page was loaded; a product that is gone has none */
  readonly titles: Readonly<Record<string, string>>;
  readonly onChange: (ids: string[]) => void;
}

/** So many are named. */
const named = 5;

/** Opens the picker for whole products, and names what was chosen. */
export function ChosenProducts({ ids, titles, onChange }: ChosenProductsProps) {
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({});
  const choose = async (): Promise<void> => {
    const rows = await pickProducts(ids.map((productId) => ({ productId, variantId: null })));
    if (!rows) return;
    setPicked({ ...picked, ...Object.fromEntries(rows.map(({ productId, title }) => [productId, title])) });
    onChange([...new Set(rows.map(({ productId }) => productId))]);
  };
  const names = ids.slice(0, named).map((id) => (picked[id] ?? titles[id]) || 'a product that is gone');
  const more = ids.length - names.length;
  return (
    <BlockStack gap="200">
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={() => void choose()}>Choose products</Button>
        <Text as="span">{formatPlural(ids.length, 'product')}</Text>
      </InlineStack>
      {names.length === 0 ? null : (
        <Text as="p" tone="subdued">
          {names.join(', ')}
          {more > 0 ? ` and ${formatCount(more)} more` : ''}
        </Text>
      )}
    </BlockStack>
  );
}
