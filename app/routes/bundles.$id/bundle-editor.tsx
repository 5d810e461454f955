import { useRevalidator } from '@remix-run/react';
import { Banner, BlockStack, Card, InlineGrid, Layout, Page, Select, Text } from '@shopify/polaris';
import { useMemo } from 'react';
import type { BundleNumbers, BundlePhase, BundleProduct } from '#app/domains/bundles/index.ts';
import type { DeliveryChoices } from '#app/flows/delivery-choices.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { DeleteBundles } from '../../ui/bundles/delete-bundles.tsx';
import { PhaseBadge } from '../../ui/bundles/phase-badge.tsx';
import { ShareAddress } from '../../ui/bundles/share-address.tsx';
import { useBundleChange } from '../../ui/bundles/use-bundle-change.ts';
import { formatCount, formatMoney } from '../../ui/format.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import type { EditorForm, ShopUnits } from './form-state.ts';
import { ItemsCard, type KnownCollection } from './items-card.tsx';
import { kindEditors } from './kinds/index.ts';
import { OfferCard, ScheduleCard } from './offer-card.tsx';
import { MeasureCard } from './measure-card.tsx';
import { PreviewCard } from './preview-card.tsx';
import { type Editor, useEditor } from './use-editor.ts';

export interface EditorPage {
  readonly id: string | null;
  readonly revision: number;
  readonly form: EditorForm;
  readonly shop: ShopUnits;
  readonly products: readonly BundleProduct[];
  readonly collections: readonly ({ readonly id: string } & KnownCollection)[];
  readonly words: PlatformWords;
  readonly phase: BundlePhase | null;
  readonly numbers: BundleNumbers | null;
  /** of the page of its own in the store; null where there is none */
  readonly shareAddress: string | null;
  /** null for a new bundle, and on a platform that knows the discount alone */
  readonly delivery: DeliveryChoices | null;
  /** the currency of its amounts, where that is not the shop's any more */
  readonly enteredIn: string | null;
  /** a running experiment that compares versions of this bundle */
  readonly test: { readonly id: string; readonly title: string } | null;
}

/** The page on which a bundle is made or changed. Mounted anew for each stored revision. */
export function BundleEditor({ page }: { page: EditorPage }) {
  const { shop, id } = page;
  const editor = useEditor(page.form, page.revision, shop);
  const change = useBundleChange();
  const revalidator = useRevalidator();
  const previewed = editor.preview?.products;
  const products = useMemo(
    () => new Map([...page.products, ...(previewed ?? [])].map((product) => [product.id, product])),
    [page.products, previewed],
  );
  const previewedCollections = editor.preview?.collections;
  const collections = useMemo(
    () => new Map([...page.collections, ...(previewedCollections ?? [])].map((one) => [one.id, one])),
    [page.collections, previewedCollections],
  );

  return (
    <Page
      title={page.form.title || 'New offer'}
      backAction={id === null ? { content: 'Kinds', url: '/bundles/new' } : { content: 'Bundles', url: '/bundles' }}
      {...(page.phase ? { titleMetadata: <PhaseBadge phase={page.phase} /> } : {})}
      secondaryActions={
        id === null
          ? []
          : [
              {
                content: 'Duplicate',
                onAction: () => {
                  change.duplicate(id);
                },
                disabled: editor.dirty || change.busy,
              },
              {
                content: 'Delete',
                destructive: true,
                onAction: () => {
                  change.askDelete([id]);
                },
                disabled: change.busy,
              },
            ]
      }
    >
      <SaveForm
        id="bundle-save-bar"
        dirty={editor.dirty}
        saving={editor.saving}
        onSave={editor.save}
        onDiscard={editor.discard}
      >
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <Problems
                editor={editor}
                onReload={() => {
                  revalidator.revalidate();
                }}
              />
              {page.test ? <UnderTest test={page.test} /> : null}
              {page.enteredIn === null ? null : (
                <OtherCurrency entered={page.enteredIn} currency={page.shop.currency} />
              )}
              <OfferCard editor={editor} products={products} currency={shop.currency} fresh={id === null} />
              {kindEditors[editor.form.kind].places(editor.form).map((place) => (
                <ItemsCard
                  key={place.role}
                  editor={editor}
                  place={place}
                  products={products}
                  collections={collections}
                  words={page.words}
                  currency={shop.currency}
                />
              ))}
              <ScheduleCard editor={editor} timeZone={shop.timeZone} />
              {page.delivery ? (
                <DeliveryCard key={page.delivery.chosen} choices={page.delivery} live={page.phase === 'live'} />
              ) : null}
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <div className="sticky-column">
              <BlockStack gap="400">
                <Card>
                  <Select
                    label="Status"
                    options={[
                      { label: 'Active', value: 'active' },
                      { label: 'Draft', value: 'draft' },
                      { label: 'Paused', value: 'paused' },
                    ]}
                    value={editor.form.status}
                    onChange={(status) => {
                      editor.change({ status: status as EditorForm['status'] });
                    }}
                    helpText={
                      editor.form.status === 'active'
                        ? 'Shown in the store within its dates.'
                        : 'Not shown in the store. To show it, choose Active and save.'
                    }
                  />
                </Card>
                <PreviewCard form={editor.form} answer={editor.preview} products={products} currency={shop.currency} />
                {page.shareAddress === null ? null : (
                  <ShareAddress address={page.shareAddress} live={page.phase === 'live'} />
                )}
                {id !== null && page.phase === 'live' && page.test === null ? <MeasureCard id={id} /> : null}
                {page.numbers ? <NumbersCard numbers={page.numbers} currency={shop.currency} /> : null}
              </BlockStack>
            </div>
          </Layout.Section>
        </Layout>
      </SaveForm>
      <DeleteBundles change={change} />
    </Page>
  );
}

function Problems({ editor, onReload }: { editor: Editor; onReload: () => void }) {
  if (editor.conflict) {
    return (
      <Banner
        tone="warning"
        title="This bundle was changed somewhere else"
        action={{ content: 'Load the newer version', onAction: onReload }}
      >
        <p>Loading it replaces what you typed here. Nothing was overwritten.</p>
      </Banner>
    );
  }
  if (editor.hasErrors) {
    return (
      <Banner tone="critical" title="The bundle was not saved">
        <p>Some fields below need your attention.</p>
      </Banner>
    );
  }
  return null;
}

/** The bundle gives nothing: what is 20 pounds would be 20 yen. */
function OtherCurrency({ entered, currency }: { entered: string; currency: string }) {
  return (
    <Banner tone="warning" title={`Its amounts were entered in ${entered}, and your store sells in ${currency} now`}>
      <p>It gives nothing until you have entered them anew and saved the bundle.</p>
    </Banner>
  );
}

/** Says before anything is typed what a refusal would say after it. */
function UnderTest({ test }: { test: NonNullable<EditorPage['test']> }) {
  return (
    <Banner
      tone="info"
      title={`In the experiment “${test.title}”`}
      action={{ content: 'Open the experiment', url: `/experiments/${test.id}` }}
    >
      <p>What it compares stays as it is while it runs. Everything else can be changed.</p>
    </Banner>
  );
}

function NumbersCard({ numbers, currency }: { numbers: BundleNumbers; currency: string }) {
  const rows: readonly (readonly [string, string])[] = [
    ['Orders', formatCount(numbers.orders)],
    ['Units sold', formatCount(numbers.unitsSold)],
    ['Revenue', formatMoney(numbers.revenueMinor, currency)],
    ['Discount given', formatMoney(numbers.discountMinor, currency)],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Sold so far
        </Text>
        <InlineGrid columns={2} gap="300">
          {rows.map(([name, value]) => (
            <BlockStack key={name} gap="050">
              <Text as="span" tone="subdued">
                {name}
              </Text>
              <Text as="span" variant="headingMd" numeric>
                {value}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
