import {
  countOwnMembers,
  type OwnSegment,
  readOwnSegments,
  readSegmentTags,
  wordsOf,
} from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { formatDecimal } from '#app/shared/money.ts';
import { namesIn } from './names.ts';

/** A segment of the merchant as the list shows it. */
export interface SegmentRow {
  readonly id: string;
  readonly name: string;
  /** its conditions as a sentence; null = they were written by another version */
  readonly words: string | null;
  readonly customers: number;
  readonly filled: boolean;
  readonly filledAt: Date | null;
  readonly problem: OwnSegment['problem'];
  /** what its customers carry in the store */
  readonly tag: string | null;
}

/** The merchant's segments by name, with how many are in each now. */
export async function listOwnSegments(scope: ShopScope, currency: string): Promise<SegmentRow[]> {
  const segments = await readOwnSegments(scope);
  if (segments.length === 0) return [];
  const counts = await countOwnMembers(scope);
  const tags = await readSegmentTags(scope);
  const names = await namesIn(
    scope,
    segments.flatMap(({ definition }) => definition ?? []),
  );
  const say = {
    name: (id: string) => names[id] ?? id,
    money: (minor: number) => `${formatDecimal(minor, currency)} ${currency}`,
  };
  return segments.map(({ id, name, definition, filled, filledAt, problem }) => ({
    id,
    name,
    words: definition && wordsOf(definition, say),
    customers: counts.get(id) ?? 0,
    filled,
    filledAt,
    problem,
    tag: tags.get(id) ?? null,
  }));
}
