import { BlockStack, Button, Card, InlineError, InlineStack, Tag, Text, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { BundleProduct } from '#app/domains/bundles/index.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { formatMoney, formatPlural } from '../../ui/format.ts';
import { pickCollections, pickProducts } from '../../ui/product-picker.ts';
import { capitalized } from '../../ui/platform-words.ts';
import { targetWords } from '../../ui/rules/rule-words.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { type EditorItem, withPicked } from './form-state.ts';
import type { Place } from './kinds/kind-editor.ts';
import type { Editor } from './use-editor.ts';

/** What the catalog knows of a collection: its name, and how many products of it can be sold. */
export interface KnownCollection {
  readonly title: string;
  readonly products: number;
}

interface ItemsCardProps {
  readonly editor: Editor;
  readonly place: Place;
  readonly products: ReadonlyMap<string, BundleProduct>;
  readonly collections: ReadonlyMap<string, KnownCollection>;
  readonly words: PlatformWords;
  readonly currency: string;
}

/** The products and collections of one place of the offer, chosen in the admin's own picker. */
export function ItemsCard({ editor, place, products, collections, words, currency }: ItemsCardProps) {
  const { form, change, touch, errorOf } = editor;
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const learn = (names: readonly (readonly [string, string])[]): void => {
    setTitles((before) => new Map([...before, ...names]));
  };
  const own = form.items.filter((item) => item.role === place.role);
  const whole = form.collections.filter((collection) => collection.role === place.collections);
  const groups = form.groups.filter((group) => group.role === place.role);
  const buttonId = `choose-${place.role}`;
  // The schema speaks of the first place that lacks something.
  const listError = own.length + whole.length + groups.length === 0 ? errorOf('items') : undefined;
  const choose = async (): Promise<void> => {
    const picked = await pickProducts(own);
    touch('items');
    if (!picked) return;
    learn(picked.map(({ productId, title }) => [productId, title] as const));
    change(withPicked(form, picked, place.role));
  };
  const chooseCollections = async (role: 'part' | 'buy' | 'get'): Promise<void> => {
    const picked = await pickCollections(whole.map(({ collectionId }) => collectionId));
    touch('items');
    touch('collections');
    if (!picked) return;
    learn(picked.map(({ collectionId, title }) => [`collection ${collectionId}`, title] as const));
    change({
      collections: [
        ...form.collections.filter((other) => other.role !== role),
        ...picked.map(({ collectionId }) => ({ collectionId, role })),
      ],
    });
  };

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {place.title}
          </Text>
          <InlineStack gap="200">
            <Button
              onClick={() => void choose()}
              id={buttonId}
              accessibilityLabel={`${own.length === 0 ? 'Choose products' : 'Change products'}${place.role === 'part' ? '' : `: ${place.title}`}`}
            >
              {own.length === 0 ? 'Choose products' : 'Change products'}
            </Button>
            {place.collections === null ? null : (
              <Button
                onClick={() => {
                  if (place.collections !== null) void chooseCollections(place.collections);
                }}
                accessibilityLabel={`Choose ${words.collections}${place.role === 'part' ? '' : `: ${place.title}`}`}
              >
                {capitalized(words.collections)}
              </Button>
            )}
          </InlineStack>
        </InlineStack>
        {own.length + whole.length + groups.length === 0 ? (
          <Text as="p" tone="subdued">
            {place.hint ?? `Choose products or whole ${words.collections}.`}
          </Text>
        ) : null}
        {whole.length === 0 ? null : (
          <InlineStack gap="200">
            {whole.map(({ collectionId }) => {
              const known = collections.get(collectionId);
              const title = known?.title ?? titles.get(`collection ${collectionId}`) ?? capitalized(words.collection);
              return (
                <Tag
                  key={collectionId}
                  onRemove={() => {
                    change({
                      collections: form.collections.filter(
                        (other) => other.collectionId !== collectionId || other.role !== place.collections,
                      ),
                    });
                  }}
                >
                  {known ? `${title} (${formatPlural(known.products, 'product')})` : title}
                </Tag>
              );
            })}
          </InlineStack>
        )}
        {groups.map(({ meant }) => (
          <Text as="p" key={meant.kind}>
            {`${capitalized(targetWords(meant, { products: {}, collections: {}, words }, currency))}: what can be bought of it now, as your rule of suggestions says.`}
          </Text>
        ))}
        {own.length === 0 ? null : (
          <ul className="bundle-rows">
            {form.items.map((item, index) =>
              item.role === place.role ? (
                <ItemRow
                  key={`${item.productId}:${item.variantId ?? ''}`}
                  item={item}
                  product={products.get(item.productId)}
                  title={products.get(item.productId)?.title ?? titles.get(item.productId) ?? 'Product'}
                  currency={currency}
                  withQuantity={place.quantities === true}
                  error={errorOf(`items.${String(index)}.productId`) ?? errorOf(`items.${String(index)}.variantId`)}
                  quantityError={errorOf(`items.${String(index)}.quantity`)}
                  onQuantity={(quantity) => {
                    change({ items: form.items.map((other, at) => (at === index ? { ...item, quantity } : other)) });
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
              ) : null,
            )}
          </ul>
        )}
        {listError === undefined ? null : (
          <div data-field-error tabIndex={-1}>
            <InlineError message={listError} fieldID={buttonId} />
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
