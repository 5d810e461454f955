import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { formatCount, formatPlural } from './format.ts';
import { pickCollections, pickProducts } from './product-picker.ts';

type Titles = Readonly<Record<string, string>>;

interface ChosenProps {
  readonly ids: readonly string[];
  /** of what was chosen when the page was loaded; what is gone has none */
  readonly titles: Titles;
  readonly onChange: (ids: string[]) => void;
}

interface Picked {
  readonly id: string;
  readonly title: string;
}

interface ChosenThingsProps extends ChosenProps {
  readonly one: string;
  /** null where only one can be chosen */
  readonly many: string | null;
  readonly pick: () => Promise<Picked[] | null>;
}

/** So many are named. */
const named = 5;

function ChosenThings({ ids, titles, onChange, one, many, pick }: ChosenThingsProps) {
  const [picked, setPicked] = useState<Titles>({});
  const choose = async (): Promise<void> => {
    const rows = await pick();
    if (!rows) return;
    setPicked({ ...picked, ...Object.fromEntries(rows.map(({ id, title }) => [id, title])) });
    onChange([...new Set(rows.map(({ id }) => id))]);
  };
  const names = ids.slice(0, named).map((id) => (picked[id] ?? titles[id]) || `a ${one} that is gone`);
  const more = ids.length - names.length;
  return (
    <BlockStack gap="200">
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={() => void choose()}>{`Choose ${many ?? `a ${one}`}`}</Button>
        {many === null ? null : <Text as="span">{formatPlural(ids.length, one, many)}</Text>}
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

const rowsOf = (ids: readonly string[]) => ids.map((productId) => ({ productId, variantId: null }));

async function pickWholeProducts(ids: readonly string[], multiple: boolean): Promise<Picked[] | null> {
  const rows = await pickProducts(rowsOf(ids), multiple);
  return rows && rows.map(({ productId: id, title }) => ({ id, title }));
}

/** Opens the picker for whole products, and names what was chosen. */
export function ChosenProducts(props: ChosenProps) {
  return <ChosenThings {...props} one="product" many="products" pick={() => pickWholeProducts(props.ids, true)} />;
}

interface ChosenProductProps {
  /** '' = none yet */
  readonly id: string;
  readonly titles: Titles;
  readonly onChange: (id: string) => void;
}

/** Opens the picker for one product, and names it. */
export function ChosenProduct({ id, titles, onChange }: ChosenProductProps) {
  const ids = id === '' ? [] : [id];
  return (
    <ChosenThings
      ids={ids}
      titles={titles}
      one="product"
      many={null}
      pick={() => pickWholeProducts(ids, false)}
      onChange={([chosen = '']) => {
        onChange(chosen);
      }}
    />
  );
}

interface ChosenCollectionsProps extends ChosenProps {
  /** what the platform calls collections */
  readonly words: { readonly collection: string; readonly collections: string };
}

/** Opens the picker for collections, and names what was chosen. */
export function ChosenCollections({ words, ...props }: ChosenCollectionsProps) {
  const pick = async (): Promise<Picked[] | null> =>
    (await pickCollections(props.ids))?.map(({ collectionId: id, title }) => ({ id, title })) ?? null;
  return <ChosenThings {...props} one={words.collection} many={words.collections} pick={pick} />;
}
