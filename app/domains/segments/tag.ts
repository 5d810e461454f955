import { z } from 'zod';
import { conditionsOf, type Rule } from './language.ts';

/** A tag as stores take it: a comma would make two of it. */
export const tagText = z
  .string()
  .trim()
  .min(1, 'Enter a tag.')
  .max(40, 'At most 40 characters.')
  .refine((text) => !/[,\p{Cc}]/u.test(text), 'A tag holds neither commas nor line breaks.');

/** A tag that a segment of this name may have. */
export const tagFor = (name: string): string =>
  name
    .replaceAll(/[,\p{Cc}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 40)
    .trim();

/** Segments of a shop that may carry a tag: a customer of a store has room for a few hundred tags, and needs others. */
export const mostTags = 20;

/** A tag that the merchant wants on the customers of a segment, and how far the store is. */
export interface SegmentTag {
  readonly tag: string;
  /** when the store was last brought in line; null = never */
  readonly syncedAt: Date | null;
  /** why the store takes none; null = it does */
  readonly problem: string | null;
  /** customers who carry it through us */
  readonly placed: number;
  /** customers who are to get it, or to lose it */
  readonly waiting: number;
  /** customers whom the store did not let have it */
  readonly refused: number;
}

/** What is to change on one customer, and all tags of ours that are there then. */
export interface Tagging {
  readonly customerId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly all: readonly string[];
}

/** Whether conditions ask for a tag: a segment that gave it would never let go of whoever was in it once. */
export const asksForTag = (rule: Rule, tag: string): boolean =>
  conditionsOf(rule).some(
    ({ kind, values }) =>
      kind === 'customer-tag' &&
      Array.isArray(values['tags']) &&
      values['tags'].some((one) => String(one).toLowerCase() === tag.toLowerCase()),
  );
