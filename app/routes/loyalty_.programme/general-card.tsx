import { BlockStack, Card, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { NumberField } from './number-field.tsx';
import type { CardProps } from './programme-page.tsx';

type Expiry = CardProps['settings']['expiry'];

const expiries: Readonly<Record<Expiry['type'], { label: string; value: Expiry }>> = {
  never: { label: 'Never', value: { type: 'never' } },
  after: { label: 'Some months after they were earned', value: { type: 'after', months: 12 } },
  yearly: { label: 'On one day each year', value: { type: 'yearly', month: 12, day: 31, graceMonths: 6 } },
};

/** What the programme is called, who takes part, and how long points live. */
export function GeneralCard({ settings, change }: CardProps) {
  const { expiry } = settings;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Basics
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label="What points are called"
              value={settings.pointsName}
              maxLength={30}
              autoComplete="off"
              onChange={(pointsName) => {
                change({ pointsName });
              }}
            />
            <Select
              label="Who takes part"
              value={settings.enrolment}
              options={[
                { label: 'Every customer', value: 'all' },
                { label: 'Customers who join', value: 'join' },
              ]}
              onChange={(value) => {
                change({ enrolment: value === 'join' ? 'join' : 'all' });
              }}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <NumberField
              label="Points can be used after"
              suffix="days"
              most={120}
              helpText="The time in which goods come back. Refunds take points back exactly."
              value={settings.pendingDays}
              onChange={(pendingDays) => {
                change({ pendingDays });
              }}
            />
            <NumberField
              label="Orders before joining count for"
              suffix="days"
              most={365}
              helpText="For who joins after the first order."
              value={settings.pastDays}
              onChange={(pastDays) => {
                change({ pastDays });
              }}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <Select
              label="Points end"
              value={expiry.type}
              options={Object.entries(expiries).map(([value, { label }]) => ({ value, label }))}
              onChange={(value) => {
                change({ expiry: expiries[value as Expiry['type']].value });
              }}
            />
            {expiry.type === 'after' ? (
              <NumberField
                label="Months"
                least={1}
                most={120}
                value={expiry.months}
                onChange={(months) => {
                  change({ expiry: { ...expiry, months } });
                }}
              />
            ) : null}
            {expiry.type === 'yearly' ? (
              <NumberField
                label="Month"
                least={1}
                most={12}
                value={expiry.month}
                onChange={(month) => {
                  change({ expiry: { ...expiry, month } });
                }}
              />
            ) : null}
            {expiry.type === 'yearly' ? (
              <NumberField
                label="Last day"
                least={1}
                most={31}
                value={expiry.day}
                onChange={(day) => {
                  change({ expiry: { ...expiry, day } });
                }}
              />
            ) : null}
          </FormLayout.Group>
          <FormLayout.Group>
            {(['perDay', 'perYear'] as const).map((key) => (
              <NumberField
                key={key}
                label={key === 'perDay' ? 'Most points in a day' : 'Most points in a year'}
                helpText="From orders, for each customer. 0 = no limit."
                most={100_000_000}
                value={settings.caps[key] ?? 0}
                onChange={(value) => {
                  change({ caps: { ...settings.caps, [key]: value === 0 ? null : value } });
                }}
              />
            ))}
          </FormLayout.Group>
          <NumberField
            label="Customers who see no programme, for the measurement"
            suffix="%"
            digits={2}
            most={2000}
            helpText="Only by comparing with them can you tell what the programme earns. 5% is a good start."
            value={settings.holdoutBps}
            onChange={(holdoutBps) => {
              change({ holdoutBps });
            }}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
