import { InlineError, TextField } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { OfferField, OfferForm, Problems, TextName } from './offer-form.ts';

interface TextOptions {
  readonly help?: string;
  readonly suffix?: string;
  readonly type?: 'datetime-local';
  readonly rows?: number;
}

/** What the cards of the editor draw their fields with. */
export interface Fields {
  readonly set: (part: Partial<OfferForm>) => void;
  readonly text: (name: TextName, label: string, options?: TextOptions) => ReactNode;
  /** what is wrong with a field that is no text */
  readonly problem: (name: OfferField) => ReactNode;
}

export const fieldsOf = (form: OfferForm, problems: Problems, set: Fields['set']): Fields => ({
  set,
  text: (name, label, { help, suffix, type, rows } = {}) => {
    const problem = problems[name];
    return (
      <TextField
        label={label}
        autoComplete="off"
        value={form[name]}
        onChange={(value) => {
          set({ [name]: value });
        }}
        {...(help === undefined ? {} : { helpText: help })}
        {...(suffix === undefined ? {} : { suffix })}
        {...(type === undefined ? {} : { type })}
        {...(rows === undefined ? {} : { multiline: rows, maxLength: 300 })}
        {...(problem === undefined ? {} : { error: problem })}
      />
    );
  },
  problem: (name) => {
    const problem = problems[name];
    return problem === undefined ? null : (
      <div data-field-error tabIndex={-1} aria-invalid="true">
        <InlineError message={problem} fieldID={`personal-offer-${name}`} />
      </div>
    );
  },
});
