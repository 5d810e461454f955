import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { type EnteredSettings, shopSettings } from './model.ts';
import { saveSettings } from './store.ts';

/** Checks and saves a shop's settings. The caller republishes what the storefront and the discount read. */
export async function changeSettings(
  services: Services,
  shopId: ShopId,
  input: unknown,
): Promise<Result<EnteredSettings, 'invalid'>> {
  const parsed = shopSettings.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return fail('invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
  }
  await services.db.inShop(shopId, (scope) => saveSettings(scope, parsed.data));
  return ok(parsed.data);
}
