import { BlockStack, Button, DataTable, Link, Text, useBreakpoints } from '@shopify/polaris';
import type { GroupFigures } from '#app/domains/segments/index.ts';
import { formatCount, formatMoney, formatShare } from '../../ui/format.ts';
import { groupWords } from './group-words.ts';

interface GroupsTableProps {
  readonly figures: readonly GroupFigures[];
  readonly currency: string;
  readonly onSave: (group: GroupFigures['group']) => void;
}

/** Each group with who is in it, what it is worth and what helps; its buyers can be saved as a file. */
export function GroupsTable({ figures, currency, onSave }: GroupsTableProps) {
  const { smDown } = useBreakpoints();
  const customers = figures.reduce((sum, one) => sum + one.customers, 0);
  const money = figures.reduce((sum, one) => sum + Math.max(0, one.spentMinor), 0);
  const words = ({ group }: GroupFigures) => (
    <BlockStack gap="050" key={group}>
      <Text as="span" fontWeight="semibold">
        <Link url={`/segments/people?segment=${group}`} monochrome>
          {groupWords[group].name}
        </Link>
      </Text>
      <Text as="span" tone="subdued" breakWord>
        {groupWords[group].who}. {groupWords[group].advice}
      </Text>
    </BlockStack>
  );
  const share = (part: number, whole: number) => (whole === 0 ? '–' : formatShare(Math.max(0, part) / whole));
  const save = ({ group }: GroupFigures) => (
    <Button
      key={group}
      variant="plain"
      accessibilityLabel={`Save ${groupWords[group].name} as CSV`}
      onClick={() => {
        onSave(group);
      }}
    >
      CSV
    </Button>
  );
  if (smDown) {
    return (
      <ul className="group-cards">
        {figures.map((one) => (
          <li key={one.group}>
            {words(one)}
            <Text as="p" numeric>
              {formatCount(one.customers)} buyers ({share(one.customers, customers)}
              {one.guests > 0 ? `, ${formatCount(one.guests)} without an account` : ''}), {share(one.spentMinor, money)}{' '}
              of sales {save(one)}
            </Text>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <DataTable
      columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric', 'numeric', 'text']}
      headings={['Group', 'Buyers', 'Sales', 'Orders each', 'Days since', 'In the right group', 'Save']}
      verticalAlign="top"
      rows={figures.map((one) => [
        words(one),
        <BlockStack key={one.group} gap="050">
          <span>{`${formatCount(one.customers)} (${share(one.customers, customers)})`}</span>
          {one.guests > 0 ? <Text as="span" tone="subdued">{`${formatCount(one.guests)} without account`}</Text> : null}
        </BlockStack>,
        `${formatMoney(one.spentMinor, currency, { whole: true })} (${share(one.spentMinor, money)})`,
        formatCount(Math.round(one.medianOrders)),
        formatCount(Math.round(one.medianDays)),
        share(one.sure, one.customers),
        save(one),
      ])}
    />
  );
}
