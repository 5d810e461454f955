import { FormLayout, Select, TextField } from '@shopify/polaris';
import type { EditorForm } from './form-state.ts';
import type { EditorValue } from '../../ui/typed.ts';
import type { Editor } from './use-editor.ts';

/** The message of a field, as Polaris wants it. */
export const problem = (message: string | undefined): { error?: string } =>
  message === undefined ? {} : { error: message };

type NumberName = 'pickCount' | 'minUnits' | 'maxUnits' | 'buyUnits' | 'getUnits' | 'timesPerOrder';

interface OwnField {
  readonly editor: Editor;
  /** where the schema says what is wrong with it */
  readonly path: string;
  readonly label: string;
}

/** A whole number of the form. */
export function NumberField({ editor, name, path, label, min }: OwnField & { name: NumberName; min: number }) {
  return (
    <TextField
      label={label}
      type="number"
      min={min}
      value={editor.form[name]}
      onChange={(text) => {
        editor.change({ [name]: text } satisfies Partial<EditorForm>);
      }}
      onBlur={() => {
        editor.touch(path);
      }}
      autoComplete="off"
      {...problem(editor.errorOf(path))}
    />
  );
}

/** An amount of the form in the shop's currency. */
export function MoneyField({
  editor,
  name,
  path,
  label,
  currency,
}: OwnField & { name: 'triggerAmount'; currency: string }) {
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={editor.form[name]}
      onChange={(text) => {
        editor.change({ [name]: text });
      }}
      onBlur={() => {
        editor.touch(path);
      }}
      suffix={currency}
      autoComplete="off"
      {...problem(editor.errorOf(path))}
    />
  );
}

interface ValueProps {
  readonly editor: Editor;
  readonly value: EditorValue;
  readonly onChange: (value: EditorValue) => void;
  readonly path: string;
}

/** A percentage off. */
export function PercentField({ editor, value, onChange, path }: ValueProps) {
  return (
    <TextField
      label="Percentage"
      inputMode="decimal"
      value={value.percent}
      onChange={(percent) => {
        onChange({ ...value, percent });
      }}
      onBlur={() => {
        editor.touch(path);
      }}
      suffix="%"
      autoComplete="off"
      {...problem(editor.errorOf(path))}
    />
  );
}

/** What comes off, or what a unit costs instead: its type and its size. */
export function ValueFields({
  types,
  currency,
  ...props
}: ValueProps & {
  /** the types that may be chosen, with their names */
  readonly types: Partial<Readonly<Record<EditorValue['type'], string>>>;
  readonly currency: string;
}) {
  const { editor, value, onChange, path } = props;
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <Select
          label="Discount"
          options={Object.entries(types).map(([type, label]) => ({ value: type, label }))}
          value={value.type}
          onChange={(type) => {
            onChange({ ...value, type: type as EditorValue['type'] });
          }}
          {...problem(editor.errorOf(`${path}.type`))}
        />
        {value.type === 'percentage' ? (
          <PercentField {...props} path={`${path}.basisPoints`} />
        ) : (
          <TextField
            label={value.type === 'price' ? 'Price' : 'Amount'}
            inputMode="decimal"
            value={value.amount}
            onChange={(amount) => {
              onChange({ ...value, amount });
            }}
            onBlur={() => {
              editor.touch(`${path}.minor`);
            }}
            suffix={currency}
            autoComplete="off"
            {...problem(editor.errorOf(`${path}.minor`))}
          />
        )}
      </FormLayout.Group>
    </FormLayout>
  );
}
