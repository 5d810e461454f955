import { TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { CardProps } from './programme-page.tsx';
import { readRates, writeRates } from './rates.ts';

/** What other currencies are worth, for orders in them. */
export function RatesField({ settings, change }: Pick<CardProps, 'settings' | 'change'>) {
  const { currency, rates } = settings;
  const [text, setText] = useState(writeRates(rates));
  const wrong = readRates(text, currency) === null;
  return (
    <TextField
      label="Orders in other currencies"
      value={text}
      autoComplete="off"
      multiline={2}
      placeholder="USD 0.92"
      helpText={`One line for each: what 1 of it is worth in ${currency}. Orders in a currency that is not here earn no points for money.`}
      {...(wrong ? { error: 'Write a currency and a number on each line, such as USD 0.92' } : {})}
      onChange={(typed) => {
        setText(typed);
        const read = readRates(typed, currency);
        if (read !== null) change({ rates: read });
      }}
    />
  );
}
