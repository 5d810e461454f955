import { Autocomplete, BlockStack, InlineStack, Tag } from '@shopify/polaris';
import { useState } from 'react';

interface ListedFieldProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** what is not in the list can be typed */
  readonly open: boolean;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly error: string | undefined;
}

/** Several of a list, found by typing. */
export function ListedField({ label, options, open, value, onChange, error }: ListedFieldProps) {
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const shown = options.filter((option) => option.label.toLowerCase().includes(wanted)).slice(0, 50);
  const unknown =
    open && wanted !== '' && !options.some((option) => option.label.toLowerCase() === wanted) ? typed.trim() : null;
  const add = (selected: string[]): void => {
    // Chosen ones that the typed text hides stay chosen.
    const hidden = value.filter((one) => !shown.some((option) => option.value === one));
    onChange([...new Set([...hidden, ...selected])]);
    setTyped('');
  };
  return (
    <BlockStack gap="100">
      <Autocomplete
        allowMultiple
        options={shown.map(({ value: one, label: text }) => ({ value: one, label: text }))}
        selected={[...value]}
        onSelect={add}
        emptyState={<p>{open ? 'Type a value and add it.' : 'Nothing to choose from.'}</p>}
        {...(unknown === null
          ? {}
          : {
              actionBefore: {
                content: `Add “${unknown}”`,
                onAction: () => {
                  add([...value, unknown]);
                },
              },
            })}
        textField={
          <Autocomplete.TextField
            label={label}
            labelHidden
            placeholder={label}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            {...(error === undefined ? {} : { error })}
          />
        }
      />
      {value.length === 0 ? null : (
        <InlineStack gap="100">
          {value.map((one) => (
            <Tag
              key={one}
              onRemove={() => {
                onChange(value.filter((other) => other !== one));
              }}
            >
              {options.find((option) => option.value === one)?.label ?? one}
            </Tag>
          ))}
        </InlineStack>
      )}
    </BlockStack>
  );
}
