import { BlockStack, InlineError, Select, TextField } from '@shopify/polaris';
import type { EditorValue } from '../../ui/typed.ts';
import type { PricedBundle } from './subject-options.ts';
import type { FormEditor } from './use-experiment-form.ts';

interface VersionValuesProps {
  /** of the version, as the merchant calls it */
  readonly name: string;
  /** where the schema says what is wrong */
  readonly field: string;
  readonly values: readonly EditorValue[];
  readonly priced: PricedBundle | undefined;
  readonly editor: FormEditor;
  readonly onChange: (values: readonly EditorValue[]) => void;
}

/** What a version gives: one field for each step of the bundle, which begins with what stands today. */
export function VersionValues({ name, field, values, priced, editor, onChange }: VersionValuesProps) {
  const { errorOf, currency } = editor;
  const words: Readonly<Record<EditorValue['type'], string>> = {
    percentage: '%',
    amount: currency,
    price: `${currency} each`,
  };
  const listError = errorOf(field);
  return (
    <BlockStack gap="200">
      {values.map((value, step) => {
        const path = `${field}.${String(step)}`;
        const error = [path, `${path}.type`, `${path}.basisPoints`, `${path}.minor`].map(errorOf).find(Boolean);
        const label = `${priced?.rows[step]?.label ?? 'Discount'} of version ${name}`;
        const types = priced?.rows[step]?.types ?? priced?.types ?? ['percentage', 'amount'];
        const part = value.type === 'percentage' ? 'percent' : 'amount';
        const change = (typed: Partial<EditorValue>): void => {
          onChange(values.map((other, index) => (index === step ? { ...other, ...typed } : other)));
        };
        return (
          <TextField
            key={step}
            label={label}
            value={value[part]}
            onChange={(text) => {
              change({ [part]: text });
            }}
            inputMode="decimal"
            autoComplete="off"
            {...(types.length === 1
              ? { suffix: words[types[0] ?? 'percentage'] }
              : {
                  connectedRight: (
                    <Select
                      label={`Unit of ${label.charAt(0).toLowerCase()}${label.slice(1)}`}
                      labelHidden
                      options={types.map((type) => ({ value: type, label: words[type] }))}
                      value={value.type}
                      onChange={(type) => {
                        change({ type: type as EditorValue['type'] });
                      }}
                    />
                  ),
                })}
            {...(error === undefined ? {} : { error })}
          />
        );
      })}
      {listError === undefined ? null : (
        <div data-field-error tabIndex={-1}>
          <InlineError message={listError} fieldID={field} />
        </div>
      )}
    </BlockStack>
  );
}
