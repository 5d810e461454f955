import { TextField } from '@shopify/polaris';
import { useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  /** whole number as it is stored; NaN while what is typed is none */
  readonly value: number;
  readonly onChange: (value: number) => void;
  /** digits that are shown behind the decimal point: 2 for an amount in cents */
  readonly digits?: number;
  readonly least?: number;
  readonly most?: number;
  readonly suffix?: string;
  readonly helpText?: string;
}

/** A number as text, so that it can be typed; stored without its decimal point. */
export function NumberField({
  label,
  value,
  onChange,
  digits = 0,
  least = 0,
  most = 1e9,
  suffix,
  helpText,
}: NumberFieldProps) {
  const [text, setText] = useState(Number.isNaN(value) ? '' : write(value, digits));
  const wrong = Number.isNaN(value);
  return (
    <TextField
      label={label}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      {...(suffix === undefined ? {} : { suffix })}
      {...(helpText === undefined ? {} : { helpText })}
      {...(wrong ? { error: `Enter a number from ${write(least, digits)} to ${write(most, digits)}` } : {})}
      onChange={(typed) => {
        setText(typed);
        onChange(readNumber(typed, digits, least, most));
      }}
    />
  );
}

const write = (value: number, digits: number): string => String(value / 10 ** digits);

/** What a typed text stores; NaN where it is not a number with so many digits between the limits. */
export function readNumber(typed: string, digits: number, least: number, most: number): number {
  const plain = typed.trim().replace(',', '.');
  if (!/^\d{1,12}(\.\d*)?$/.test(plain)) return Number.NaN;
  const scaled = Number(plain) * 10 ** digits;
  const value = Math.round(scaled);
  if (Math.abs(scaled - value) > 1e-6 || value < least || value > most) return Number.NaN;
  return value;
}
