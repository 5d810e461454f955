import { BlockStack, Card, FormLayout, Select, Text, TextField } from '@shopify/polaris';
import { ExpiryFields } from './expiry-fields.tsx';
import { NumberField } from './number-field.tsx';
import type { CardProps } from './programme-page.tsx';
import { RatesField } from './rates-field.tsx';

/** What the programme is called, who takes part, and how long points live. */
export function GeneralCard({ settings, change }: CardProps) {
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
            <TextField
              label="What one of them is called"
              value={settings.pointName}
              maxLength={30}
              autoComplete="off"
              onChange={(pointName) => {
                change({ pointName });
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
          <ExpiryFields settings={settings} change={change} />
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
          <RatesField settings={settings} change={change} />
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
