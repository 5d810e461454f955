import type { ShopScope } from '#app/infra/database.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { type Programme, programmeSettings, type ProgrammeSettings } from './model.ts';
import { changeVersion, createProgramme, findProgramme, isInForce, lockProgramme, updateProgramme } from './store.ts';

type ProgrammeFailure = 'invalid' | 'not-here' | 'changed' | 'no-programme' | 'nothing-to-earn';

/**
 * Begins a draft with these settings, or finds the programme that there is.
 * @param salt of the group that sees no programme; random
 */
export async function beginProgramme(
  scope: ShopScope,
  settings: ProgrammeSettings,
  salt: string,
  now: Date,
): Promise<Programme> {
  await createProgramme(scope, programmeSettings.parse(settings), salt, now);
  const programme = await findProgramme(scope);
  if (!programme) throw new Error('a programme was made and is not there');
  return programme;
}

/**
 * Keeps what the merchant typed. While the programme is live, orders from now on count by it; older ones keep the rules
 * of their moment.
 * @param given.revision that the merchant saw: 'changed' where somebody saved meanwhile
 * @param given.gifts what the store can give by itself; 'not-here' where a reward needs what it cannot
 */
export async function saveProgramme(
  scope: ShopScope,
  {
    revision,
    settings: given,
    gifts,
  }: { readonly revision: number; readonly settings: unknown; readonly gifts?: Readonly<Record<string, boolean>> },
  now: Date,
): Promise<Result<Programme, ProgrammeFailure>> {
  const parsed = programmeSettings.safeParse(given);
  if (!parsed.success) return fail('invalid', parsed.error.issues[0]?.message ?? 'Something is not filled in');
  const lacking = parsed.data.rewards.find(({ on, kind }) => on && gifts?.[kind] === false);
  if (lacking)
    return fail('not-here', `“${lacking.title}” needs gift cards or store credit, and your store has none of its own.`);
  const programme = await lockProgramme(scope);
  if (!programme) return fail('no-programme', 'Begin a programme first');
  if (programme.revision !== revision)
    return fail('changed', 'Somebody changed the programme meanwhile. Load the page again.');
  return keep(scope, { ...programme, settings: parsed.data }, now);
}

/** Switches the programme on or off. What was earned stays, and can be used while it is on. */
export async function switchProgramme(
  scope: ShopScope,
  on: boolean,
  now: Date,
): Promise<Result<Programme, ProgrammeFailure>> {
  const programme = await lockProgramme(scope);
  if (!programme) return fail('no-programme', 'Begin a programme first');
  if (on && !programme.settings.rules.some((rule) => rule.on))
    return fail('nothing-to-earn', 'Switch at least one way to earn points on');
  const off = programme.status === 'draft' ? 'draft' : 'paused';
  return keep(scope, { ...programme, status: on ? 'live' : off }, now);
}

async function keep(
  scope: ShopScope,
  { status, settings }: Pick<Programme, 'status' | 'settings'>,
  now: Date,
): Promise<Result<Programme, ProgrammeFailure>> {
  await updateProgramme(scope, { status, settings }, now);
  if (status !== 'live') await changeVersion(scope, null, now);
  else if (!(await isInForce(scope, settings))) await changeVersion(scope, settings, now);
  const after = await findProgramme(scope);
  if (!after) throw new Error('a programme was changed and is not there');
  return ok(after);
}
