import { BlockStack, Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import type { BundleProduct } from '#app/domains/bundles/index.ts';
import { pickProducts } from '../../ui/product-picker.ts';
import { Thumb } from '../../ui/thumb.tsx';
import type { EditorTier } from './form-state.ts';

interface GiftFieldProps {
  readonly gift: EditorTier['gift'];
  readonly products: ReadonlyMap<string, BundleProduct>;
  readonly error: string | undefined;
  readonly onChange: (gift: EditorTier['gift']) => void;
}

/** One product that is given away, chosen in the admin's own picker. */
export function GiftField({ gift, products, error, onChange }: GiftFieldProps) {
  const [title, setTitle] = useState('');
  const id = useId();
  const product = gift ? products.get(gift.productId) : undefined;
  const choose = async (): Promise<void> => {
    const picked = (await pickProducts(gift ? [gift] : [], false))?.[0];
    if (!picked) return;
    setTitle(picked.title);
    onChange({ productId: picked.productId, variantId: picked.variantId });
  };
  return (
    <BlockStack gap="100">
      <InlineStack gap="300" blockAlign="center">
        {gift ? (
          <>
            <Thumb url={product?.imageUrl ?? null} />
            <Text as="span">{product?.title ?? title}</Text>
          </>
        ) : null}
        <Button id={id} onClick={() => void choose()}>
          {gift ? 'Change gift' : 'Choose gift'}
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
