import { BlockStack, Box, Checkbox } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { PickedItem } from '../product-picker.ts';
import { PickerModal } from './picker-modal.tsx';
import { usePicking } from './use-picking.ts';

const same = (a: PickedItem, b: { productId: string; variantId: string | null }) =>
  a.productId === b.productId && a.variantId === b.variantId;

/** Choose products or single variants of them from the local copy of the store. */
export function ProductPicker() {
  const { request, close, found, ...field } = usePicking('pickProducts', ({ current }) =>
    current.map(({ productId }) => productId),
  );
  const [chosen, setChosen] = useState<readonly PickedItem[]>([]);
  useEffect(() => setChosen((request?.current ?? []).map((row) => ({ ...row, title: '' }))), [request]);
  if (!request) return null;
  const products = found?.products ?? [];
  const has = (row: { productId: string; variantId: string | null }) => chosen.some((one) => same(one, row));
  const toggle = (row: PickedItem) => {
    const rest = chosen.filter((one) => !same(one, row));
    if (rest.length < chosen.length) setChosen(rest);
    else if (!request.multiple) setChosen([row]);
    // The whole product takes the place of its variants, and the other way round.
    else
      setChosen([
        ...rest.filter(
          (one) => one.productId !== row.productId || (one.variantId === null) === (row.variantId === null),
        ),
        row,
      ]);
  };
  const finish = (picked: PickedItem[] | null) => {
    // Rows that were chosen before came without their titles.
    request.done(picked?.map((row) => ({ ...row, title: row.title || (found?.named[row.productId] ?? '') })) ?? null);
    close();
  };
  return (
    <PickerModal
      title={request.multiple ? 'Choose products' : 'Choose a product'}
      search={field.search}
      onSearch={field.setSearch}
      loading={field.loading}
      empty={products.length === 0}
      chosen={chosen.length}
      onDone={() => finish([...chosen])}
      onClose={() => finish(null)}
    >
      <BlockStack gap="100">
        {products.map(({ id, title, variants }) => {
          const whole = { productId: id, variantId: null, title };
          return (
            <div key={id}>
              <Checkbox label={title} checked={has(whole)} onChange={() => toggle(whole)} />
              {variants.map((variant) => {
                const row = { productId: id, variantId: variant.id, title };
                return (
                  <Box key={variant.id} paddingInlineStart="600">
                    <Checkbox label={variant.title} checked={has(row)} onChange={() => toggle(row)} />
                  </Box>
                );
              })}
            </div>
          );
        })}
      </BlockStack>
    </PickerModal>
  );
}
