import {
  archiveSegment,
  asksForTag,
  changeSegment,
  createSegment,
  findOwnSegment,
  readSegmentTags,
  type SegmentDraft,
  segmentDraft,
} from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { enqueueFilling } from '../enqueue-segments.ts';
import { keptBy, readSegmentUses } from './segment-uses.ts';

export type SaveOutcome =
  | { readonly code: 'saved'; readonly id: string }
  | {
      readonly code: 'invalid' | 'changed-meanwhile' | 'too-many' | 'not-found' | 'used';
      readonly message: string;
      /** message by field path */
      readonly fields: Readonly<Record<string, string>>;
    };

const refused = (code: Exclude<SaveOutcome['code'], 'saved'>, message: string, fields = {}): SaveOutcome => ({
  code,
  message,
  fields,
});

/**
 * Makes or changes a segment and has it filled.
 * @param wish.id null = a new one, which gets `newId`
 * @param wish.revision that the merchant saw; 0 for a new one
 */
export async function saveSegment(
  services: Pick<Services, 'db' | 'queue' | 'clock'>,
  shopId: ShopId,
  wish: { readonly id: string | null; readonly newId: string; readonly revision: number; readonly draft: unknown },
): Promise<SaveOutcome> {
  const parsed = segmentDraft.safeParse(wish.draft);
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const { path, message } of parsed.error.issues) fields[path.join('.')] ??= message;
    return refused('invalid', 'Some fields below need your attention.', fields);
  }
  const outcome = await services.db.inShop(shopId, (scope) => write(scope, wish, parsed.data, services.clock.now()));
  if (outcome.code === 'saved') await enqueueFilling(services, shopId, false);
  return outcome;
}

async function write(
  scope: ShopScope,
  { id, newId, revision }: { readonly id: string | null; readonly newId: string; readonly revision: number },
  draft: SegmentDraft,
  now: Date,
): Promise<SaveOutcome> {
  if (id === null) {
    const { code } = await createSegment(scope, newId, draft, now);
    if (code === 'too-many') return refused(code, 'There is no room for another segment. Archive one first.');
    return { code: 'saved', id: newId };
  }
  if (!(await findOwnSegment(scope, id))) return refused('not-found', 'This segment is not there any more.');
  const tag = (await readSegmentTags(scope)).get(id);
  if (tag !== undefined && asksForTag(draft.definition, tag))
    return refused(
      'used',
      `The segment’s customers carry the tag “${tag}” in the store: it cannot ask for it as well.`,
    );
  const { code } = await changeSegment(scope, id, draft, revision, now);
  if (code === 'changed-meanwhile')
    return refused(code, 'This segment was changed in another window. Reload the page to see it.');
  return { code: 'saved', id };
}

/** Takes a segment out of use, which nothing may stand on then, or brings it back. */
export async function putAway(
  services: Pick<Services, 'db' | 'queue' | 'clock'>,
  shopId: ShopId,
  id: string,
  archived: boolean,
): Promise<SaveOutcome> {
  const kept = await services.db.inShop(shopId, async (scope) => {
    const reason = archived ? keptBy((await readSegmentUses(scope)).get(id)) : null;
    if (reason === null) await archiveSegment(scope, id, archived, services.clock.now());
    return reason;
  });
  if (kept !== null) return refused('used', kept);
  if (!archived) await enqueueFilling(services, shopId, false);
  return { code: 'saved', id };
}
