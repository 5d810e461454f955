import { TextField } from '@shopify/polaris';
import { useState } from 'react';

interface NumbersFieldProps {
  readonly label: string;
  readonly helpText: string;
  readonly values: readonly number[];
  readonly least: number;
  readonly most: number;
  /** how many at most */
  readonly count: number;
  readonly onChange: (values: number[]) => void;
}

/** A few whole numbers, separated by commas. What is none of them is told, and kept out. */
export function NumbersField({ label, helpText, values, least, most, count, onChange }: NumbersFieldProps) {
  const [text, setText] = useState(values.join(', '));
  const read = readNumbers(text, { least, most, count });
  const range = `Enter up to ${String(count)} whole numbers from ${String(least)} to ${String(most)}`;
  return (
    <TextField
      label={label}
      value={text}
      autoComplete="off"
      helpText={helpText}
      {...(read === null ? { error: range } : {})}
      onChange={(typed) => {
        setText(typed);
        const numbers = readNumbers(typed, { least, most, count });
        if (numbers !== null) onChange(numbers);
      }}
    />
  );
}

/** The different numbers in a text, the largest first; null where it holds something else or too many. */
export function readNumbers(
  text: string,
  { least, most, count }: { readonly least: number; readonly most: number; readonly count: number },
): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const numbers = [...new Set(words.map((word) => (/^\d{1,6}$/.test(word) ? Number(word) : Number.NaN)))];
  const fine = numbers.length <= count && numbers.every((number) => number >= least && number <= most);
  return fine ? numbers.toSorted((a, b) => b - a) : null;
}
