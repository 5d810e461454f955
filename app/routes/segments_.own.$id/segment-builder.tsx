import { Banner, BlockStack, Button, Card, InlineStack, Page, Text, TextField } from '@shopify/polaris';
import type { BuilderPage } from '#app/flows/segments/builder.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { SegmentUsesCard } from '../../ui/segment-uses-card.tsx';
import { CountCard } from './count-card.tsx';
import { countConditions } from './form-rule.ts';
import { RuleGroupFields } from './rule-group.tsx';
import { useSegmentEditor } from './use-segment-editor.ts';

interface SegmentBuilderProps {
  readonly page: BuilderPage & { readonly deepest: number; readonly most: number; readonly words: PlatformWords };
}

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

/** The page on which a merchant puts a segment together and sees at once who would be in it. */
export function SegmentBuilder({ page }: SegmentBuilderProps) {
  const editor = useSegmentEditor(page);
  const { form, change, errorOf } = editor;
  return (
    <Page
      title={form.name || 'New segment'}
      backAction={{ content: 'Segments', url: '/segments' }}
      {...(page.id === null
        ? {}
        : {
            secondaryActions: [
              { content: 'Show customers', url: `/segments/people?segment=${page.id}` },
              { content: 'Duplicate', url: `/segments/own/new?from=${page.id}` },
            ],
          })}
    >
      <SaveForm
        id="segment-save-bar"
        dirty={editor.dirty}
        saving={editor.saving}
        onSave={editor.save}
        onDiscard={editor.discard}
      >
        <BlockStack gap="400">
          {editor.refusal === null ? null : (
            <Banner tone="critical" title="The segment was not saved">
              <p>{editor.refusal}</p>
            </Banner>
          )}
          <Card>
            <TextField
              label="Name"
              helpText="Only you see it."
              maxLength={80}
              value={form.name}
              onChange={(name) => {
                change({ name });
              }}
              autoComplete="off"
              {...problem(errorOf('name'))}
            />
          </Card>
          {page.id === null && form.definition.of.length === 0 ? (
            <Card>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  Begin with one that many use
                </Text>
                <InlineStack gap="200">
                  {page.templates.map(({ id, name }) => (
                    <Button key={id} url={`/segments/own/new?template=${id}`}>
                      {name}
                    </Button>
                  ))}
                </InlineStack>
              </BlockStack>
            </Card>
          ) : null}
          <Card>
            <RuleGroupFields
              key={editor.version}
              group={form.definition}
              onChange={(definition) => {
                change({ definition });
              }}
              onRemove={null}
              depth={page.deepest}
              path="definition"
              world={{ ...page, errorOf, room: page.most - countConditions(form.definition) }}
            />
          </Card>
          <CountCard count={editor.count} counting={editor.counting} currency={page.currency} />
          {page.id === null ? null : <SegmentUsesCard offers={page.offers} />}
        </BlockStack>
      </SaveForm>
    </Page>
  );
}
