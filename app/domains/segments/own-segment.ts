import { z } from 'zod';
import { conditionsOf, type RuleGroup, segmentRule } from './language.ts';
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
  /** kept on its customers in the store */
  readonly tag: string | null;
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
  /** stores separate tags by commas */
  tag: z
    .string()
    .trim()
    .max(40, 'At most 40 characters.')
    .refine((text) => noNul(text) && !text.includes(','), 'A tag has no comma.')
    .transform((text) => text || null)
    .nullable(),
});
export type SegmentDraft = z.infer<typeof segmentDraft>;

/** Segments that a shop may have. */
export const mostSegments = 100;

/** Customer tags that conditions ask for, in lower case: stores do not tell tags apart by case. */
export const tagsAskedBy = (definition: RuleGroup): string[] =>
  conditionsOf(definition).flatMap(({ kind, values }) =>
    kind === 'customer-tag' && Array.isArray(values['tags'])
      ? values['tags'].map((tag) => String(tag).toLowerCase())
      : [],
  );

/**
 * A tag that a segment keeps must not decide who is in a segment: each would then change the other, without an end.
 * @returns the tag that would do so; null = none
 */
export function tagCircle(
  draft: SegmentDraft,
  others: readonly Pick<OwnSegment, 'definition' | 'tag'>[],
): string | null {
  const kept = [draft, ...others].flatMap(({ tag }) => (tag === null ? [] : [tag.toLowerCase()]));
  const asked = [draft, ...others].flatMap(({ definition }) => (definition ? tagsAskedBy(definition) : []));
  return asked.find((tag) => kept.includes(tag)) ?? null;
}
