import { BlockStack, Button, InlineError, InlineStack, Tag } from '@shopify/polaris';
import { useId, useState } from 'react';
import { pickCollections, pickProducts } from '../../ui/product-picker.ts';
import type { FieldWorld } from './field-input.tsx';

interface PickedFieldProps {
  readonly type: 'products' | 'collections';
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly error: string | undefined;
  readonly world: FieldWorld;
}

/** Products or collections, chosen in the admin's own dialog. */
export function PickedField({ type, value, onChange, error, world }: PickedFieldProps) {
  const id = useId();
  const [names, setNames] = useState(world.names);
  const several = type === 'collections' ? world.words.collections : 'products';
  const choose = async (): Promise<void> => {
    const picked =
      type === 'collections'
        ? (await pickCollections(value))?.map(({ collectionId, title }) => [collectionId, title] as const)
        : (await pickProducts(value.map((productId) => ({ productId, variantId: null }))))?.map(
            ({ productId, title }) => [productId, title] as const,
          );
    if (!picked) return;
    setNames((before) => ({ ...before, ...Object.fromEntries(picked) }));
    onChange([...new Set(picked.map(([chosen]) => chosen))]);
  };
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        {value.map((one) => (
          <Tag
            key={one}
            onRemove={() => {
              onChange(value.filter((other) => other !== one));
            }}
          >
            {names[one] ?? one}
          </Tag>
        ))}
        <Button id={id} onClick={() => void choose()}>
          {`Choose ${several}`}
        </Button>
      </InlineStack>
      {error === undefined ? null : (
        <div data-field-error tabIndex={-1}>
          <InlineError message={error} fieldID={id} />
        </div>
      )}
    </BlockStack>
  );
}
