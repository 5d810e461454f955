import { BlockStack, Button, Card, InlineError, InlineStack, Text, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { BundleProduct } from '#app/domains/bundles/index.ts';
import { formatMoney } from '../../ui/format.ts';
import { pickProducts } from '../../ui/product-picker.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { type EditorItem, withPicked } from './form-state.ts';
import type { Editor } from './use-editor.ts';

interface ItemsCardProps {
  readonly editor: Editor;
  readonly products: ReadonlyMap<string, BundleProduct>;
  readonly currency: string;
}

/** The products of the bundle, chosen in the admin's own picker. */
export function ItemsCard({ editor, products, currency }: ItemsCardProps) {
  const { form, change, touch, errorOf } = editor;
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const listError = errorOf('items');
  const choose = async (): Promise<void> => {
    const picked = await pickProducts(form.items);
    touch('items');
    if (!picked) return;
    setTitles((before) => new Map([...before, ...picked.map(({ productId, title }) => [productId, title] as const)]));
    change(withPicked(form, picked));
  };
  const setItem = (index: number, item: EditorItem): void => {
    change({ items: form.items.map((other, at) => (at === index ? item : other)) });
  };

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            Products
          </Text>
          <Button onClick={() => void choose()} id="choose-products">
            {form.items.length === 0 ? 'Choose products' : 'Change products'}
          </Button>
        </InlineStack>
        {form.items.length === 0 ? (
          <Text as="p" tone="subdued">
            {form.kind === 'fixed'
              ? 'Choose the products that are sold together.'
              : 'Choose the products that shoppers may pick from.'}
          </Text>
        ) : (
          <ul className="bundle-rows">
            {form.items.map((item, index) => (
              <ItemRow
                key={`${item.productId}:${item.variantId ?? ''}`}
                item={item}
                product={products.get(item.productId)}
                title={products.get(item.productId)?.title ?? titles.get(item.productId) ?? 'Product'}
                currency={currency}
                withQuantity={form.kind === 'fixed'}
                error={errorOf(`items.${String(index)}.productId`) ?? errorOf(`items.${String(index)}.variantId`)}
                quantityError={errorOf(`items.${String(index)}.quantity`)}
                onQuantity={(quantity) => {
                  setItem(index, { ...item, quantity });
                }}
                onBlur={() => {
                  touch(`items.${String(index)}.quantity`);
                  touch('items');
                }}
                onRemove={() => {
                  change({ items: form.items.filter((_, at) => at !== index) });
                  touch('items');
                }}
              />
            ))}
          </ul>
        )}
        {listError === undefined ? null : (
          <div data-field-error tabIndex={-1}>
            <InlineError message={listError} fieldID="choose-products" />
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

interface ItemRowProps {
  readonly item: EditorItem;
  readonly product: BundleProduct | undefined;
  readonly title: string;
  readonly currency: string;
  readonly withQuantity: boolean;
  readonly error: string | undefined;
  readonly quantityError: string | undefined;
  readonly onQuantity: (text: string) => void;
  readonly onBlur: () => void;
  readonly onRemove: () => void;
}

function ItemRow({
  item,
  product,
  title,
  currency,
  withQuantity,
  error,
  quantityError,
  onQuantity,
  onBlur,
  onRemove,
}: ItemRowProps) {
  const variant = product?.variants.find((candidate) => candidate.id === item.variantId);
  const price =
    variant?.priceMinor ??
    (product ? Math.min(...product.variants.map((candidate) => candidate.priceMinor)) : Number.NaN);
  const varies =
    !variant && product !== undefined && new Set(product.variants.map((candidate) => candidate.priceMinor)).size > 1;
  const what = variant ? variant.title : (product?.variants.length ?? 1) > 1 ? 'Any variant' : '';
  const cost = Number.isFinite(price) ? `${varies ? 'from ' : ''}${formatMoney(price, currency)}` : '';
  return (
    <li className="bundle-row">
      <Thumb url={product?.imageUrl ?? null} />
      <div className="bundle-row-words">
        <Text as="span" fontWeight="semibold" breakWord>
          {title}
        </Text>
        <Text as="span" tone="subdued">
          {[what, cost].filter(Boolean).join(' · ')}
        </Text>
        {product && !product.sellable ? (
          <Text as="span" tone="caution">
            Not for sale in the online store
          </Text>
        ) : null}
        {error === undefined ? null : <InlineError message={error} fieldID={`item-${item.productId}`} />}
      </div>
      {withQuantity ? (
        <div className="bundle-row-quantity">
          <TextField
            label={`Quantity of ${title}`}
            labelHidden
            type="number"
            min={1}
            value={item.quantity}
            onChange={onQuantity}
            onBlur={onBlur}
            autoComplete="off"
            {...(quantityError === undefined ? {} : { error: quantityError })}
          />
        </div>
      ) : null}
      <Button icon={DeleteIcon} variant="tertiary" accessibilityLabel={`Remove ${title}`} onClick={onRemove} />
    </li>
  );
}
