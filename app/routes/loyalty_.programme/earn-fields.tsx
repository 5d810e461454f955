import { ChoiceList, FormLayout, TextField } from '@shopify/polaris';
import { ChosenCollections, ChosenProducts } from '../../ui/chosen.tsx';
import { clockTime } from '../../ui/local-time.ts';
import type { EarnRule } from './earn-words.ts';
import { NumberField } from './number-field.tsx';
import type { CardProps } from './programme-page.tsx';

interface EarnFieldsProps extends CardProps {
  readonly rule: EarnRule;
  readonly onChange: (rule: EarnRule) => void;
}

/** The terms of one way to earn. */
export function EarnFields({ rule, onChange, settings, digits, words, titles }: EarnFieldsProps) {
  const points =
    'points' in rule ? (
      <NumberField
        label="Points"
        least={1}
        most={1_000_000}
        value={rule.points}
        onChange={(value) => {
          onChange({ ...rule, points: value });
        }}
      />
    ) : null;
  switch (rule.kind) {
    case 'amount':
      return (
        <FormLayout.Group>
          {points}
          <NumberField
            label="for every"
            suffix={settings.currency}
            digits={digits}
            least={1}
            value={rule.perMinor}
            onChange={(perMinor) => {
              onChange({ ...rule, perMinor });
            }}
          />
        </FormLayout.Group>
      );
    case 'recent-order':
    case 'new-customer':
      return (
        <FormLayout.Group>
          {points}
          <NumberField
            label="within"
            suffix="days"
            least={1}
            most={365}
            value={rule.days}
            onChange={(days) => {
              onChange({ ...rule, days });
            }}
          />
        </FormLayout.Group>
      );
    case 'order-count':
      return (
        <FormLayout.Group>
          {points}
          <NumberField
            label="for order number"
            least={2}
            most={1000}
            value={rule.count}
            onChange={(count) => {
              onChange({ ...rule, count });
            }}
          />
          <ChoiceList
            title="How often"
            choices={[
              { label: 'once', value: 'once' },
              { label: 'again and again', value: 'repeats' },
            ]}
            selected={[rule.repeats ? 'repeats' : 'once']}
            onChange={([value]) => {
              onChange({ ...rule, repeats: value === 'repeats' });
            }}
          />
        </FormLayout.Group>
      );
    case 'review':
      return (
        <FormLayout.Group>
          {points}
          <NumberField
            label="at most"
            suffix="a year"
            least={1}
            most={100}
            value={rule.perYear}
            onChange={(perYear) => {
              onChange({ ...rule, perYear });
            }}
          />
        </FormLayout.Group>
      );
    case 'social':
      return (
        <FormLayout.Group>
          {points}
          <TextField
            label="What to do"
            value={rule.title}
            maxLength={60}
            autoComplete="off"
            onChange={(title) => {
              onChange({ ...rule, title });
            }}
          />
          <TextField
            label="Address"
            value={rule.url}
            autoComplete="off"
            onChange={(url) => {
              onChange({ ...rule, url });
            }}
          />
        </FormLayout.Group>
      );
    case 'product-multiplier':
      return (
        <FormLayout>
          <Times
            bps={rule.bps}
            least={0}
            onChange={(bps) => {
              onChange({ ...rule, bps });
            }}
          />
          <ChosenProducts
            ids={rule.productIds}
            titles={titles.products}
            onChange={(productIds) => {
              onChange({ ...rule, productIds });
            }}
          />
          <ChosenCollections
            words={words}
            ids={rule.collectionIds}
            titles={titles.collections}
            onChange={(collectionIds) => {
              onChange({ ...rule, collectionIds });
            }}
          />
        </FormLayout>
      );
    case 'happy-hours':
      return <HappyHours rule={rule} onChange={onChange} />;
    default:
      return <FormLayout.Group>{points}</FormLayout.Group>;
  }
}

interface TimesProps {
  readonly bps: number;
  readonly least: number;
  readonly onChange: (bps: number) => void;
}

function Times({ bps, least, onChange }: TimesProps) {
  return (
    <NumberField
      label="Times the points"
      suffix="×"
      digits={4}
      least={least}
      most={100_000}
      value={bps}
      onChange={onChange}
    />
  );
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const minuteOf = (text: string): number | null => {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
};

interface HappyHoursProps {
  readonly rule: Extract<EarnRule, { kind: 'happy-hours' }>;
  readonly onChange: (rule: EarnRule) => void;
}

function HappyHours({ rule, onChange }: HappyHoursProps) {
  const time = (label: string, key: 'from' | 'to') => (
    <TextField
      label={label}
      type="time"
      value={clockTime(rule[key])}
      autoComplete="off"
      onChange={(text) => {
        const minute = minuteOf(text);
        if (minute !== null) onChange({ ...rule, [key]: minute });
      }}
    />
  );
  return (
    <FormLayout>
      <FormLayout.Group>
        <Times
          bps={rule.bps}
          least={10_001}
          onChange={(bps) => {
            onChange({ ...rule, bps });
          }}
        />
        {time('From', 'from')}
        {time('To', 'to')}
      </FormLayout.Group>
      <ChoiceList
        title="Days on which they begin"
        allowMultiple
        choices={weekdays.map((label, index) => ({ label, value: String(index + 1) }))}
        selected={rule.weekdays.map(String)}
        onChange={(days) => {
          onChange({ ...rule, weekdays: days.map(Number) });
        }}
      />
    </FormLayout>
  );
}
