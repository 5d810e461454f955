import { TextField } from '@shopify/polaris';
import { useState } from 'react';

interface IdsFieldProps {
  readonly label: string;
  readonly ids: readonly string[];
  readonly onChange: (ids: string[]) => void;
}

/** Ids of the store's things, separated by commas. */
export function IdsField({ label, ids, onChange }: IdsFieldProps) {
  const [text, setText] = useState(ids.join(', '));
  return (
    <TextField
      label={label}
      value={text}
      autoComplete="off"
      helpText="Separated by commas"
      onChange={(typed) => {
        setText(typed);
        onChange(typed.split(/[\s,;]+/).filter((id) => id !== ''));
      }}
    />
  );
}
