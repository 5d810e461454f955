import { Banner, BlockStack, ChoiceList } from '@shopify/polaris';
import type { SegmentChoice } from '#app/domains/segments/index.ts';
import { formatCount } from '../format.ts';
import { goneSegments, segmentNames } from './segment-names.ts';

interface SegmentPickerProps {
  readonly title: string;
  readonly choices: readonly SegmentChoice[];
  readonly selected: readonly string[];
  readonly onChange: (refs: string[]) => void;
}

/** Segments to choose, with how many are in each now; those that were chosen and are gone can be taken out. */
export function SegmentPicker({ title, choices, selected, onChange }: SegmentPickerProps) {
  const nameOf = segmentNames(choices);
  const gone = goneSegments(choices, selected);
  return (
    <BlockStack gap="300">
      {gone.length === 0 ? null : (
        <Banner tone="warning">
          <p>
            {gone.length === new Set(selected).size
              ? 'Nobody can get this offer: what was chosen here is gone. Choose other segments.'
              : 'A segment that was chosen here is gone: nobody is in it any more.'}
          </p>
        </Banner>
      )}
      <ChoiceList
        title={title}
        allowMultiple
        choices={[
          ...choices.map(({ ref, customers }) => ({
            value: ref,
            label: `${nameOf(ref)} (${formatCount(customers)})`,
          })),
          ...gone.map((ref) => ({ value: ref, label: 'A segment that is gone (nobody)' })),
        ]}
        selected={[...selected]}
        onChange={onChange}
      />
    </BlockStack>
  );
}
