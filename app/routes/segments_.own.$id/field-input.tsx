import { Select, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { ConditionForm } from '#app/domains/segments/index.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { typedMoney, typedNumber } from '../../ui/typed.ts';
import { ListedField } from './listed-field.tsx';
import { PickedField } from './picked-field.tsx';

/** What all fields of the page share. */
export interface FieldWorld {
  readonly currency: string;
  readonly words: PlatformWords;
  readonly options: Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;
  /** what is chosen by id is called */
  readonly names: Readonly<Record<string, string>>;
}

export interface FieldInputProps {
  readonly look: ConditionForm['fields'][number]['look'];
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly error: string | undefined;
  readonly world: FieldWorld;
}

/** One value of a condition. */
export function FieldInput(props: FieldInputProps) {
  const { look, value, onChange, error, world } = props;
  const problem = error === undefined ? {} : { error };
  switch (look.type) {
    case 'choice':
      return (
        <Select
          label={look.label}
          labelHidden
          options={look.options.map(({ value: one, label }) => ({ value: one, label }))}
          value={String(value)}
          onChange={onChange}
          {...problem}
        />
      );
    case 'products':
    case 'collections':
      return <PickedField type={look.type} value={listOf(value)} onChange={onChange} error={error} world={world} />;
    case 'choices':
      return (
        <ListedField
          label={look.label}
          options={look.options}
          open={false}
          value={listOf(value)}
          onChange={onChange}
          error={error}
        />
      );
    case 'listed':
      return (
        <ListedField
          label={look.label}
          options={world.options[look.source] ?? []}
          // Names of tiers are not their ids.
          open={look.source !== 'tiers'}
          value={listOf(value)}
          onChange={onChange}
          error={error}
        />
      );
    default:
      return <TypedField {...props} />;
  }
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** What is typed stays as it is typed; the form gets the value that it means, or none. */
function TypedField({ look, value, onChange, error, world }: FieldInputProps) {
  const [typed, setTyped] = useState(() => {
    if (typeof value === 'number') return look.type === 'money' ? formatDecimal(value, world.currency) : String(value);
    return typeof value === 'string' ? value : '';
  });
  const change = (text: string): void => {
    setTyped(text);
    if (look.type === 'money') onChange(orNull(typedMoney(text, world.currency)));
    else if (look.type === 'number' || look.type === 'days') onChange(text.trim() === '' ? null : typedNumber(text));
    else onChange(text);
  };
  const days = look.type === 'days';
  return (
    <TextField
      label={days && look.open ? 'In the last … days' : look.label}
      labelHidden
      value={typed}
      onChange={change}
      autoComplete="off"
      {...(look.type === 'day' ? { type: 'date' as const } : {})}
      {...(look.type === 'text' || look.type === 'day'
        ? {}
        : { inputMode: look.type === 'money' ? ('decimal' as const) : ('numeric' as const) })}
      {...(look.type === 'money' ? { suffix: world.currency } : {})}
      {...(look.type === 'number' ? { suffix: look.label } : {})}
      {...(days ? (look.open ? { prefix: 'last', suffix: 'days', placeholder: 'any time' } : { suffix: 'days' }) : {})}
      {...(error === undefined ? {} : { error })}
    />
  );
}

const orNull = (number: number): number | null => (Number.isNaN(number) ? null : number);
