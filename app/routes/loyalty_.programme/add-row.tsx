import { Button, InlineStack, Select } from '@shopify/polaris';
import { useState } from 'react';

interface AddRowProps<Kind extends string> {
  readonly label: string;
  readonly first: Kind;
  readonly kinds: readonly { readonly value: Kind; readonly label: string }[];
  readonly onAdd: (kind: Kind) => void;
}

/** Adds one more of a kind that the merchant chooses. */
export function AddRow<Kind extends string>({ label, first, kinds, onAdd }: AddRowProps<Kind>) {
  const [chosen, setChosen] = useState(first);
  return (
    <InlineStack gap="200" blockAlign="end">
      <Select
        label={label}
        value={chosen}
        options={[...kinds]}
        onChange={(value) => {
          setChosen(kinds.find((kind) => kind.value === value)?.value ?? first);
        }}
      />
      <Button
        disabled={!kinds.some(({ value }) => value === chosen)}
        onClick={() => {
          onAdd(chosen);
        }}
      >
        Add
      </Button>
    </InlineStack>
  );
}
