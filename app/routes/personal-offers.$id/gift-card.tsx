import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { ChosenProducts } from '../../ui/chosen.tsx';
import { zoneWords } from '../../ui/local-time.ts';
import { pickProducts } from '../../ui/product-picker.ts';
import type { Fields } from './fields.tsx';
import type { OfferForm } from './offer-form.ts';

interface GiftCardProps {
  readonly form: OfferForm;
  readonly fields: Fields;
  readonly currency: string;
  readonly timeZone: string;
  readonly titles: Readonly<Record<string, string>>;
}

const gifts = [
  { value: 'percentage', label: 'a percentage' },
  { value: 'amount', label: 'an amount off the order' },
  { value: 'free-shipping', label: 'free shipping' },
  { value: 'free-product', label: 'a product for free' },
  { value: 'early-access', label: 'early access to products' },
] satisfies readonly { readonly value: OfferForm['gift']; readonly label: string }[];

const targets = [
  { value: 'everything', label: 'the whole order' },
  { value: 'products', label: 'products that you choose' },
  { value: 'the-product', label: 'the product of the order, or that was looked at' },
  { value: 'what-goes-with-it', label: 'the product that goes best with it' },
] satisfies readonly { readonly value: OfferForm['on']; readonly label: string }[];

/** What the customer gets, in which sizes, and how they learn of it. */
export function GiftCard({ form, fields, currency, timeZone, titles }: GiftCardProps) {
  const { set, text, problem } = fields;
  const [freeTitle, setFreeTitle] = useState(
    form.free ? (titles[form.free.productId] ?? 'a product that is gone') : '',
  );
  const chosen = (
    <ChosenProducts
      ids={form.productIds}
      titles={titles}
      onChange={(productIds) => {
        set({ productIds });
      }}
    />
  );
  const chooseFree = async (): Promise<void> => {
    const picked = (await pickProducts(form.free ? [form.free] : [], false))?.[0];
    if (!picked) return;
    setFreeTitle(picked.title);
    set({ free: { productId: picked.productId, variantId: picked.variantId } });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Select
          label="Gives"
          options={[...gifts]}
          value={form.gift}
          onChange={(gift) => {
            set({ gift: gift as OfferForm['gift'], sizes: gift === form.gift ? form.sizes : '' });
          }}
        />
        {form.gift === 'early-access' ? (
          <>
            <Text as="p" tone="subdued">
              From the start of the offer until the day below nobody else can buy them: product pages say so, and the
              checkout sees to it. Customers have to be logged in.
            </Text>
            {chosen}
            {problem('productIds')}
            {text('openFrom', 'Everybody can buy from', { type: 'datetime-local', help: zoneWords(timeZone) })}
          </>
        ) : form.gift === 'percentage' || form.gift === 'amount' ? (
          text('sizes', 'Sizes to compare', {
            suffix: form.gift === 'percentage' ? '%' : currency,
            help: 'Up to four, such as 5; 10; 15. Each customer is drawn one; sizes that are not worth it are stopped, until the smallest that works is left.',
          })
        ) : (
          text('cost', 'Costs you about', { suffix: currency, help: 'What it is reckoned with in the budget.' })
        )}
        {form.gift === 'percentage' ? (
          <Select
            label="Off"
            options={[...targets]}
            value={form.on}
            onChange={(on) => {
              set({ on: on as OfferForm['on'] });
            }}
          />
        ) : null}
        {form.gift === 'percentage' ? problem('on') : null}
        {form.gift === 'percentage'
          ? text('most', 'At most', {
              suffix: currency,
              help: 'However large the order, no code takes more off, and the budget reckons with this. Empty = no bound.',
            })
          : null}
        {form.gift === 'percentage' && form.on === 'products' ? chosen : null}
        {form.gift === 'free-product' ? (
          <>
            <InlineStack gap="300" blockAlign="center">
              <Button onClick={() => void chooseFree()}>{form.free ? 'Change product' : 'Choose product'}</Button>
              <Text as="span">{form.free ? freeTitle : ''}</Text>
            </InlineStack>
            {problem('free')}
          </>
        ) : null}
        {form.gift === 'early-access' ? null : (
          <FormLayout>
            <FormLayout.Group condensed>
              {text('minSubtotal', 'For orders from', { suffix: currency, help: 'Empty = any order.' })}
              {text('validDays', 'Can be used for', { suffix: 'days' })}
            </FormLayout.Group>
          </FormLayout>
        )}
      </BlockStack>
    </Card>
  );
}
