import { Link } from '@remix-run/react';
import { ActionList, Badge, Button, IndexTable, InlineStack, Popover, Text } from '@shopify/polaris';
import { MenuHorizontalIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { BundleListItem } from '#app/domains/bundles/index.ts';
import { formatCount, formatMoney } from '../format.ts';
import { Thumb } from '../thumb.tsx';
import { kindWords } from './kinds.ts';
import { PhaseBadge } from './phase-badge.tsx';
import { PromiseBadge } from './promise-badge.tsx';
import { type BundlePromise, discountWords } from './promise.ts';
import { copyAddress } from './share-address.tsx';
import type { BundleChange } from './use-bundle-change.ts';

export const bundleHeadings: [{ title: string }, ...{ title: string; alignment?: 'end'; hidden?: boolean }[]] = [
  { title: 'Bundle' },
  { title: 'Status' },
  { title: 'Discount', alignment: 'end' },
  { title: 'Available', alignment: 'end' },
  { title: 'Orders', alignment: 'end' },
  { title: 'Revenue', alignment: 'end' },
  { title: 'Actions', hidden: true },
];

interface BundleRowProps {
  readonly item: BundleListItem;
  readonly promise: BundlePromise;
  /** live, but the store's discount cannot hold it */
  readonly leftOut: boolean;
  /** of its own page in the store; null where there is none */
  readonly address: string | null;
  readonly index: number;
  readonly selected: boolean;
  readonly currency: string;
  readonly condensed: boolean;
  readonly change: BundleChange;
}

/** One bundle in the list. */
export function BundleRow({
  item,
  promise,
  leftOut,
  address,
  index,
  selected,
  currency,
  condensed,
  change,
}: BundleRowProps) {
  const { bundle, phase, available, numbers, products } = item;
  const discount = discountWords(bundle.discount, currency);
  const promised = promise.state === 'reduced' ? discountWords(promise.discount, currency) : null;
  // The guard may take from a lower step alone; the badge says that it does.
  const given = promised === null || promised === discount ? null : `shoppers get ${promised}`;
  const stock = available === null ? 'No limit' : formatCount(available);
  const name = (
    <div className="bundle-name">
      <Thumb url={products[0]?.imageUrl ?? null} />
      <div className="bundle-row-words">
        <Link
          to={`/bundles/${bundle.id}`}
          className="row-link"
          onClick={(event) => {
            event.stopPropagation();
          }}
        >
          {bundle.title}
        </Link>
        <InlineStack gap="200">
          <Badge size="small">{kindWords[bundle.kind].name}</Badge>
        </InlineStack>
        <Text as="span" tone="subdued" variant="bodySm">
          {products.map(({ title }) => title).join(', ')}
        </Text>
      </div>
    </div>
  );
  const standing = (
    <>
      <PhaseBadge phase={phase} />
      {leftOut ? <Badge tone="critical">Not in your store</Badge> : <PromiseBadge promise={promise} />}
    </>
  );
  if (condensed) {
    return (
      <IndexTable.Row id={bundle.id} position={index} selected={selected}>
        <div className="condensed-row">
          {name}
          <InlineStack gap="200" blockAlign="center" align="space-between" wrap={false}>
            <InlineStack gap="200" blockAlign="center" align="start">
              {standing}
              <Text as="span" tone="subdued">
                {[`${discount} off`, given, formatMoney(numbers.revenueMinor, currency)].filter(Boolean).join(' · ')}
              </Text>
            </InlineStack>
            <RowActions item={item} address={address} change={change} />
          </InlineStack>
        </div>
      </IndexTable.Row>
    );
  }
  return (
    <IndexTable.Row id={bundle.id} position={index} selected={selected}>
      <IndexTable.Cell>{name}</IndexTable.Cell>
      <IndexTable.Cell>
        <InlineStack gap="100">{standing}</InlineStack>
      </IndexTable.Cell>
      {[discount, stock, formatCount(numbers.orders), formatMoney(numbers.revenueMinor, currency)].map((text, at) => (
        <IndexTable.Cell key={at}>
          <Text
            as="span"
            alignment="end"
            numeric
            {...(at === 1 && available === 0 ? { tone: 'critical' as const } : {})}
          >
            {text}
          </Text>
          {at === 0 && given ? (
            <Text as="p" alignment="end" tone="subdued" variant="bodySm">
              {given}
            </Text>
          ) : null}
        </IndexTable.Cell>
      ))}
      <IndexTable.Cell>
        <RowActions item={item} address={address} change={change} />
      </IndexTable.Cell>
    </IndexTable.Row>
  );
}

function RowActions({ item: { bundle }, address, change }: Pick<BundleRowProps, 'item' | 'address' | 'change'>) {
  const [open, setOpen] = useState(false);
  const act = (work: () => void) => () => {
    setOpen(false);
    work();
  };
  return (
    // A click on the menu must not select the row.
    <div
      onClick={(event) => {
        event.stopPropagation();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
      }}
      role="presentation"
    >
      <Popover
        active={open}
        onClose={() => {
          setOpen(false);
        }}
        activator={
          <Button
            icon={MenuHorizontalIcon}
            variant="tertiary"
            accessibilityLabel={`Actions for ${bundle.title}`}
            disabled={change.busy}
            onClick={() => {
              setOpen(!open);
            }}
          />
        }
      >
        <ActionList
          items={[
            bundle.status === 'active'
              ? {
                  content: 'Pause',
                  onAction: act(() => {
                    change.run('pause', [bundle.id]);
                  }),
                }
              : {
                  content: 'Activate',
                  onAction: act(() => {
                    change.run('activate', [bundle.id]);
                  }),
                },
            ...(address === null
              ? []
              : [
                  {
                    content: 'Copy share address',
                    onAction: act(() => void copyAddress(address)),
                  },
                ]),
            {
              content: 'Duplicate',
              onAction: act(() => {
                change.duplicate(bundle.id);
              }),
            },
            {
              content: 'Delete',
              destructive: true,
              onAction: act(() => {
                change.askDelete([bundle.id]);
              }),
            },
          ]}
        />
      </Popover>
    </div>
  );
}
