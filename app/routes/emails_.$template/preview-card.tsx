import { useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Button, ButtonGroup, Card, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { Language } from '#app/domains/notifications/index.ts';
import type { MailPreview } from '#app/flows/mail-preview.ts';
import { useListAddress } from '../../ui/use-list-address.ts';
import { languageNames } from '../emails/mail-words.ts';

interface PreviewCardProps {
  readonly title: string;
  readonly language: Language;
  readonly preview: MailPreview | null;
  readonly customer: string | null;
  /** languages in which the merchant has words of their own */
  readonly worded: readonly Language[];
  readonly people: readonly {
    readonly customerId: string;
    readonly firstName: string;
    readonly email: string | null;
  }[];
}

const widths = { desktop: '100%', phone: '375px' } as const;

const filled: Readonly<Record<MailPreview['filledWith'], string>> = {
  mail: 'Real data: what this customer’s newest e-mail of this kind said.',
  customer: 'A real customer of yours who has had none of this kind yet: amounts, dates and codes are samples.',
  sample: 'Sample data: no real customer is in it.',
};

/** The mail as a chosen customer would get it, in each language, at two widths. */
export function PreviewCard({ title, language, preview, customer, people, worded }: PreviewCardProps) {
  const [params] = useSearchParams();
  const { search, setSearch, go } = useListAddress(params.get('search') ?? '');
  const [width, setWidth] = useState<keyof typeof widths>('desktop');
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="300" blockAlign="end">
          <Select
            label="Language"
            options={Object.entries(languageNames).map(([value, label]) => ({
              value,
              label: worded.some((one) => one === value) ? `${label} (your words)` : label,
            }))}
            value={language}
            onChange={(value) => {
              go({ language: value });
            }}
          />
          {/* A long address is cut short instead of leaving the card of a narrow screen. */}
          <div style={{ maxInlineSize: '100%' }}>
            <Select
              label="As for"
              options={[
                { value: 'sample', label: 'Sample data' },
                ...people.map(({ customerId, firstName, email }) => ({
                  value: customerId,
                  label: [firstName, email].filter(Boolean).join(' · ') || customerId,
                })),
              ]}
              value={customer ?? 'sample'}
              onChange={(value) => {
                // In the customer's own language until another is chosen.
                go({ customer: value, language: '' });
              }}
            />
          </div>
          <TextField
            label="Find a customer"
            placeholder="E-mail address"
            value={search}
            onChange={setSearch}
            autoComplete="off"
          />
          <ButtonGroup variant="segmented">
            {(['desktop', 'phone'] as const).map((name) => (
              <Button
                key={name}
                pressed={width === name}
                onClick={() => {
                  setWidth(name);
                }}
              >
                {name === 'desktop' ? 'Desktop' : 'Phone'}
              </Button>
            ))}
          </ButtonGroup>
        </InlineStack>
        {preview === null ? (
          <Banner tone="critical" title="This e-mail cannot be shown">
            <p>It could not be filled. Mails of this kind are put aside; the others go on.</p>
          </Banner>
        ) : (
          <BlockStack gap="200">
            <Text as="p">
              <Text as="span" tone="subdued">
                Subject:{' '}
              </Text>
              <Text as="span" fontWeight="semibold">
                {preview.subject}
              </Text>
            </Text>
            <Text as="p" tone="subdued">
              {filled[preview.filledWith]}
            </Text>
            <iframe
              className="mail-preview"
              title={`Preview: ${title}`}
              sandbox=""
              srcDoc={preview.html}
              style={{ width: widths[width] }}
            />
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
