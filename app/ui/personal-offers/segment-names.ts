import type { Group, SegmentChoice } from '#app/domains/segments/index.ts';
import { groupWords } from '../../routes/segments/group-words.ts';

/** Those of these segments that are gone. */
export const goneSegments = (
  choices: readonly Pick<SegmentChoice, 'ref'>[],
  refs: readonly string[],
): readonly string[] => [...new Set(refs)].filter((ref) => !choices.some((one) => one.ref === ref));

/** How segments are called, whoever made them. */
export const segmentNames =
  (choices: readonly Pick<SegmentChoice, 'ref' | 'name'>[]) =>
  (ref: string): string => {
    const choice = choices.find((one) => one.ref === ref);
    if (!choice) return 'a segment that is gone';
    return choice.name ?? groupWords[choice.ref as Group].name;
  };
