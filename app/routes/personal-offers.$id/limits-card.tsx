import { BlockStack, Card, Checkbox, FormLayout, Link, Text } from '@shopify/polaris';
import { zoneWords } from '../../ui/local-time.ts';
import type { Fields } from './fields.tsx';
import type { OfferForm } from './offer-form.ts';

interface LimitsCardProps {
  readonly form: OfferForm;
  readonly fields: Fields;
  readonly currency: string;
  readonly timeZone: string;
}

/** What the offer may cost, how often it may be given, who gets nothing, and how customers hear of it. */
export function LimitsCard({ form, fields, currency, timeZone }: LimitsCardProps) {
  const { set, text, problem } = fields;
  /** an invitation costs nothing and has no code */
  const invites = form.gift === 'early-access';
  return (
    <>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingSm">
            Limits
          </Text>
          <FormLayout>
            <FormLayout.Group condensed>
              {invites && form.budgetMoney === ''
                ? null
                : text('budgetMoney', 'Budget', {
                    suffix: currency,
                    help: 'Reserved with each code, booked when it is used. Empty = no limit.',
                  })}
              {text('budgetCount', invites ? 'Invitations at most' : 'Codes at most', { help: 'Empty = no limit.' })}
            </FormLayout.Group>
            <FormLayout.Group condensed>
              {text('capTimes', 'For one customer at most', { suffix: 'times' })}
              {text('capDays', 'within', { suffix: 'days' })}
            </FormLayout.Group>
            <FormLayout.Group>
              {text('holdout', 'Gets nothing', {
                suffix: '%',
                help: 'A random share of customers, so that you see what the offer earns. At least 5%.',
              })}
              {text('until', 'Given until', {
                type: 'datetime-local',
                help: `Empty = until you stop it. ${zoneWords(timeZone)}`,
              })}
            </FormLayout.Group>
          </FormLayout>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingSm">
            How the customer hears of it
          </Text>
          <Checkbox
            label="By e-mail"
            helpText="Only who agreed to offers by e-mail gets one, and never at night."
            checked={form.mail}
            onChange={(mail) => {
              set({ mail });
            }}
          />
          {form.mail
            ? text('note', 'Your own sentence in the mail', { rows: 2, help: 'As it is, in your words and language.' })
            : null}
          {form.mail ? <Link url="/emails/offers.personal">See the mail</Link> : null}
          <Checkbox
            label="On their page of rewards in the store"
            checked={form.store}
            onChange={(store) => {
              set({ store });
            }}
          />
          {problem('store')}
        </BlockStack>
      </Card>
    </>
  );
}
