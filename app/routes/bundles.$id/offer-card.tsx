import { Badge, BlockStack, Button, Card, FormLayout, InlineStack, Text, TextField } from '@shopify/polaris';
import { kindWords } from '../../ui/bundles/kinds.ts';
import { zoneWords } from '../../ui/local-time.ts';
import { problem } from './fields.tsx';
import { kindEditors } from './kinds/index.ts';
import type { FieldsProps } from './kinds/kind-editor.ts';
import type { Editor } from './use-editor.ts';

/** What the offer is called, its terms, and in a sentence what shoppers get. */
export function OfferCard({ fresh, ...props }: FieldsProps & { readonly fresh: boolean }) {
  const { editor, currency } = props;
  const { form, change, touch, errorOf } = editor;
  const kind = kindEditors[form.kind];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingSm">
              What you offer
            </Text>
            <Badge tone="info">{kindWords[form.kind].name}</Badge>
          </InlineStack>
          {fresh ? (
            <Button variant="plain" url="/bundles/new">
              Choose another kind
            </Button>
          ) : null}
        </InlineStack>
        <TextField
          label="Title"
          value={form.title}
          onChange={(title) => {
            change({ title });
          }}
          onBlur={() => {
            touch('title');
          }}
          helpText="Shoppers see this above the offer and in their cart."
          maxLength={80}
          autoComplete="off"
          {...problem(errorOf('title'))}
        />
        <kind.Fields {...props} />
        <div className="offer-summary" role="status">
          <Text as="p">{kind.summary(form, currency)}</Text>
        </div>
      </BlockStack>
    </Card>
  );
}

/** From when until when, in the shop's own time. */
export function ScheduleCard({ editor, timeZone }: { editor: Editor; timeZone: string }) {
  const { form, change, touch, errorOf } = editor;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Dates
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label="Starts"
              type="datetime-local"
              value={form.startsAt}
              onChange={(startsAt) => {
                change({ startsAt });
              }}
              onBlur={() => {
                touch('startsAt');
              }}
              autoComplete="off"
              {...problem(errorOf('startsAt'))}
            />
            <TextField
              label="Ends"
              type="datetime-local"
              value={form.endsAt}
              onChange={(endsAt) => {
                change({ endsAt });
              }}
              onBlur={() => {
                touch('endsAt');
              }}
              autoComplete="off"
              {...problem(errorOf('endsAt'))}
            />
          </FormLayout.Group>
        </FormLayout>
        <Text as="p" tone="subdued">
          {`Leave both empty to offer it without an end. ${zoneWords(timeZone)}`}
        </Text>
      </BlockStack>
    </Card>
  );
}
