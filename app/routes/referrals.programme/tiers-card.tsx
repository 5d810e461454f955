import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import type { Problems, ProgrammeForm, RewardForm } from './programme-form.ts';

interface TiersCardProps {
  readonly form: ProgrammeForm;
  readonly problems: Problems;
  readonly currency: string;
  /** the store keeps accounts of its customers */
  readonly storeCredit: boolean;
  readonly onChange: (part: Pick<ProgrammeForm, 'tiers'>) => void;
}

const mostTiers = 10;

/** What an advocate gets for each friend, from which friend on. */
export function TiersCard({ form: { tiers }, problems, currency, storeCredit, onChange }: TiersCardProps) {
  const change = (at: number, part: Partial<ProgrammeForm['tiers'][number]>): void => {
    onChange({ tiers: tiers.map((tier, index) => (index === at ? { ...tier, ...part } : tier)) });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          What the advocate gets for each friend
        </Text>
        {tiers.map(({ from, reward }, at) => {
          const problem = problems[`from${String(at)}`];
          return (
            <FormLayout key={at}>
              <FormLayout.Group condensed>
                <TextField
                  label="From friend"
                  autoComplete="off"
                  inputMode="numeric"
                  readOnly={at === 0}
                  value={from}
                  onChange={(value) => {
                    change(at, { from: value });
                  }}
                  {...(problem === undefined ? {} : { error: problem })}
                />
                <RewardField
                  label={`Reward from friend ${from}`}
                  reward={reward}
                  problem={problems[`reward${String(at)}`]}
                  currency={currency}
                  storeCredit={storeCredit}
                  onChange={(changed) => {
                    change(at, { reward: changed });
                  }}
                />
              </FormLayout.Group>
              {at === 0 ? null : (
                <InlineStack align="end">
                  <Button
                    variant="plain"
                    accessibilityLabel={`Remove the tier from friend ${from}`}
                    onClick={() => {
                      onChange({ tiers: tiers.filter((_, index) => index !== at) });
                    }}
                  >
                    Remove
                  </Button>
                </InlineStack>
              )}
            </FormLayout>
          );
        })}
        {tiers.length < mostTiers ? (
          <InlineStack>
            <Button
              onClick={() => {
                const last = tiers.at(-1);
                if (last) onChange({ tiers: [...tiers, { ...last, from: String((Number(last.from) || 0) + 5) }] });
              }}
            >
              Add a tier
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}

interface RewardFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly reward: RewardForm;
  readonly problem: string | undefined;
  readonly currency: string;
  readonly storeCredit: boolean;
  readonly onChange: (reward: RewardForm) => void;
}

/** An amount with what it is counted in. */
export function RewardField({ label, help, reward, problem, currency, storeCredit, onChange }: RewardFieldProps) {
  return (
    <TextField
      label={label}
      autoComplete="off"
      inputMode="decimal"
      value={reward.amount}
      onChange={(amount) => {
        onChange({ ...reward, amount });
      }}
      connectedRight={
        <Select
          label={`Kind of ${label.toLowerCase()}`}
          labelHidden
          options={[
            { value: 'points', label: 'points' },
            { value: 'credit', label: `${currency} off an order` },
            ...(storeCredit || reward.type === 'store-credit'
              ? [{ value: 'store-credit', label: `${currency} store credit` }]
              : []),
            { value: 'percentage', label: '% off an order' },
          ]}
          value={reward.type}
          onChange={(type) => {
            onChange({ ...reward, type: type as RewardForm['type'] });
          }}
        />
      }
      {...(help === undefined ? {} : { helpText: help })}
      {...(problem === undefined ? {} : { error: problem })}
    />
  );
}
