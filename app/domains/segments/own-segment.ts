import { z } from 'zod';
import { type RuleGroup, segmentRule } from './language.ts';
import { isGroup } from './rules.ts';

/** One text names a segment: the word of a named group, or the id of a segment of the merchant. */
export type SegmentRef = string;

export const isSegmentRef = (text: string): boolean => isGroup(text) || z.uuid().safeParse(text).success;

/** The conditions could not be compared in the time that is allowed. */
export type SegmentProblem = 'too-heavy';

/** A segment of the merchant. */
export interface OwnSegment {
  readonly id: string;
  readonly name: string;
  /** null = what is stored was written by another version and cannot be read */
  readonly definition: RuleGroup | null;
  readonly revision: number;
  /** its members are those of these conditions */
  readonly filled: boolean;
  readonly filledAt: Date | null;
  readonly problem: SegmentProblem | null;
  readonly updatedAt: Date;
  readonly archived: boolean;
}

const noNul = (text: string): boolean => !text.includes('\0');

/** What the merchant decides of a segment. */
export const segmentDraft = z.object({
  name: z.string().trim().min(1, 'Give the segment a name.').max(80, 'At most 80 characters.').refine(noNul),
  definition: segmentRule,
});
export type SegmentDraft = z.infer<typeof segmentDraft>;

/** Segments that a shop may have. */
export const mostSegments = 100;
