import { Banner, Link, List } from '@shopify/polaris';
import type { LeftOut as Figures } from '#app/domains/segments/index.ts';
import { formatAge, formatPlural } from '../../ui/format.ts';

/** Sentences about orders and money that are in no group; none where nothing is missing. */
export function leftOutWords({ guests, unpriced }: Pick<Figures, 'guests' | 'unpriced'>): string[] {
  const { unnamed } = guests;
  return [
    ...(unnamed > 0
      ? [
          `${formatPlural(unnamed, 'order')} of the past year ${unnamed === 1 ? 'names' : 'name'} neither an account nor an address, such as sales over the counter and those of customers who were erased.`,
        ]
      : []),
    ...(unpriced > 0
      ? [
          `${formatPlural(unpriced, 'order')} of the past year ${unpriced === 1 ? 'was' : 'were'} paid in a currency of which neither the order nor your programme of points knows the rate: ${unpriced === 1 ? 'it counts as an order, its' : 'they count as orders, their'} money as nothing.`,
        ]
      : []),
  ];
}

interface LeftOutProps {
  readonly figures: Figures;
  readonly asOf: Date;
  readonly now: Date;
}

/** Who and what is missing from the groups, with numbers of when they were made. */
export function LeftOut({ figures, asOf, now }: LeftOutProps) {
  const words = leftOutWords(figures);
  if (words.length === 0) return null;
  return (
    <Banner tone="info" title={`Not in these groups, as of ${formatAge(asOf, now)}`}>
      <List>
        {words.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {figures.unpriced > 0 ? <Link url="/loyalty/programme">Enter rates</Link> : null}
    </Banner>
  );
}
