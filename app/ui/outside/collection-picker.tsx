import { BlockStack, Checkbox } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { PickedCollection } from '../product-picker.ts';
import { wordsOf } from '../platform-words.ts';
import { PickerModal } from './picker-modal.tsx';
import { useSignedIn } from './use-outside.ts';
import { usePicking } from './use-picking.ts';

/** Choose collections from the local copy of the store. */
export function CollectionPicker() {
  const { request, close, found, ...field } = usePicking('pickCollections', ({ current }) => current);
  const words = useSignedIn()?.words ?? wordsOf(null);
  const [chosen, setChosen] = useState<readonly PickedCollection[]>([]);
  useEffect(() => setChosen((request?.current ?? []).map((collectionId) => ({ collectionId, title: '' }))), [request]);
  if (!request) return null;
  const collections = found?.collections ?? [];
  const finish = (picked: PickedCollection[] | null) => {
    request.done(
      picked?.map((row) => ({ ...row, title: row.title || (found?.named[row.collectionId] ?? '') })) ?? null,
    );
    close();
  };
  return (
    <PickerModal
      title={`Choose ${words.collections}`}
      search={field.search}
      onSearch={field.setSearch}
      loading={field.loading}
      empty={collections.length === 0}
      chosen={chosen.length}
      onDone={() => finish([...chosen])}
      onClose={() => finish(null)}
    >
      <BlockStack gap="100">
        {collections.map(({ id, title }) => {
          const there = chosen.some(({ collectionId }) => collectionId === id);
          const rest = chosen.filter(({ collectionId }) => collectionId !== id);
          return (
            <Checkbox
              key={id}
              label={title}
              checked={there}
              onChange={() => setChosen(there ? rest : [...rest, { collectionId: id, title }])}
            />
          );
        })}
      </BlockStack>
    </PickerModal>
  );
}
