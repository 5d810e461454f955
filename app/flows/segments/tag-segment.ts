import {
  asksForTag,
  findOwnSegment,
  isGroup,
  isSegmentRef,
  removeSegmentTag,
  saveSegmentTag,
  type SegmentRef,
  tagText,
} from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueTags } from '../enqueue-segments.ts';

export type TagOutcome =
  | { readonly code: 'saved' }
  | { readonly code: 'invalid' | 'taken' | 'too-many' | 'not-found'; readonly message: string };

/** Why customers of the segment cannot carry the tag; null = they can. */
async function refusalOf(scope: ShopScope, ref: SegmentRef, tag: string | null): Promise<TagOutcome | null> {
  if (isGroup(ref)) return null;
  const own = isSegmentRef(ref) ? await findOwnSegment(scope, ref) : null;
  if (own === null || own.archived) return { code: 'not-found', message: 'This segment is not there any more.' };
  return tag !== null && own.definition !== null && asksForTag(own.definition, tag)
    ? { code: 'invalid', message: 'The segment’s own conditions ask for this tag: choose another one.' }
    : null;
}

/**
 * Has the customers of a segment carry a tag in the store, or no tag any more.
 * @param tag null = none; the same again = those whom the store refused are tried once more
 */
export async function tagSegment(
  services: Pick<Services, 'db' | 'queue' | 'clock'>,
  shopId: ShopId,
  ref: SegmentRef,
  tag: string | null,
): Promise<TagOutcome> {
  const text = tag === null ? null : tagText.safeParse(tag);
  if (text?.success === false) return { code: 'invalid', message: text.error.issues[0]?.message ?? 'This is no tag.' };
  const outcome = await services.db.inShop(shopId, async (scope): Promise<TagOutcome> => {
    const refusal = await refusalOf(scope, ref, text?.data ?? null);
    if (refusal) return refusal;
    if (text === null) {
      await removeSegmentTag(scope, ref);
      return { code: 'saved' };
    }
    const { code } = await saveSegmentTag(scope, ref, text.data, services.clock.now());
    if (code === 'taken') return { code, message: 'Another segment has this tag: choose another one.' };
    if (code === 'too-many') return { code, message: 'There is no room for another tag. Take one away first.' };
    return { code };
  });
  if (outcome.code === 'saved') await enqueueTags(services, shopId, true);
  return outcome;
}
