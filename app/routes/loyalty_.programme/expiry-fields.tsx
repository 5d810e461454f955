import { FormLayout, Select } from '@shopify/polaris';
import { monthName } from '#app/shared/month-name.ts';
import { NumberField } from './number-field.tsx';
import { NumbersField } from './numbers-field.tsx';
import type { CardProps } from './programme-page.tsx';

type Expiry = CardProps['settings']['expiry'];

const months = Array.from({ length: 12 }, (_, at) => ({
  value: String(at + 1),
  label: monthName(at, 'en'),
}));

const expiries: Readonly<Record<Expiry['type'], { label: string; value: Expiry }>> = {
  never: { label: 'Never', value: { type: 'never' } },
  after: { label: 'Some months after they were earned', value: { type: 'after', months: 12 } },
  yearly: { label: 'On one day each year', value: { type: 'yearly', month: 12, day: 31, graceMonths: 6 } },
};

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly helpText?: string;
}

const grace: Limits = { least: 0, most: 11, helpText: 'Points that are younger live until the next time.' };

/** When points end, and how long before members are warned. */
export function ExpiryFields({ settings, change }: Pick<CardProps, 'settings' | 'change'>) {
  const { expiry, warnDays } = settings;
  const number = (label: string, value: number, limits: Limits, then: (value: number) => Expiry) => (
    <NumberField
      label={label}
      {...limits}
      value={value}
      onChange={(typed) => {
        change({ expiry: then(typed) });
      }}
    />
  );
  return (
    <>
      <FormLayout.Group>
        <Select
          label="Points end"
          value={expiry.type}
          options={Object.entries(expiries).map(([value, { label }]) => ({ value, label }))}
          onChange={(value) => {
            change({ expiry: expiries[value as Expiry['type']].value });
          }}
        />
        {expiry.type === 'after'
          ? number('Months', expiry.months, { least: 1, most: 120 }, (months) => ({ ...expiry, months }))
          : null}
        {expiry.type === 'never' ? null : (
          <NumbersField
            label="Mails that warn, days before"
            helpText="Up to three, separated by commas. Empty = none."
            least={1}
            most={120}
            count={3}
            values={warnDays}
            onChange={(days) => {
              change({ warnDays: days });
            }}
          />
        )}
      </FormLayout.Group>
      {expiry.type === 'yearly' ? (
        <FormLayout.Group>
          <Select
            label="Month"
            value={String(expiry.month)}
            options={months}
            onChange={(month) => {
              change({ expiry: { ...expiry, month: Number(month) } });
            }}
          />
          {number('Last day', expiry.day, { least: 1, most: 31 }, (day) => ({ ...expiry, day }))}
          {number('Months of grace', expiry.graceMonths, grace, (graceMonths) => ({ ...expiry, graceMonths }))}
        </FormLayout.Group>
      ) : null}
    </>
  );
}
