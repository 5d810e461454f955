import { z } from 'zod';
import { pageLanguageOf } from '#app/flows/bundle-page-content.ts';
import { actOnRewards } from '#app/flows/rewards-page/act.ts';
import { rewardsContent } from '#app/flows/rewards-page/content.ts';
import type { PicksReader } from '#app/flows/rewards-page/picks.ts';
import { cameFrom, readRewardsPage } from '#app/flows/rewards-page/read-page.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { mayAskRewards, readBefore } from './rewards-page.ts';

/** PHP writes an empty list and an empty object alike. */
const form = z.union([z.record(z.string().max(40), z.string().max(4_000)), z.tuple([]).transform(() => ({}))]);
const question = z.object({
  before: z.string().max(20).nullish(),
  /** where the shopper comes from, see `cameFrom` */
  cart: z.string().max(20).nullish(),
  locale: z.string().max(20),
  /** where shoppers of the store log in */
  account: z.string().max(500),
  /** what the shopper's browser sent; null = the page is only looked at */
  form: form.nullable(),
});

type Needs = Pick<Services, 'cache' | 'db' | 'clock' | 'queue' | 'secrets'>;

/**
 * A customer's page of rewards for a store that puts its theme around it.
 * @param customerId who WordPress says is logged in
 * @returns null where the question cannot be read, 'busy' where a shopper asks more than people do
 */
export async function answerRewards(
  services: Needs,
  picks: PicksReader,
  { shopId, customerId }: { readonly shopId: ShopId; readonly customerId: string | null },
  sent: unknown,
) {
  const asked = question.safeParse(sent);
  if (!asked.success) return null;
  if (!(await mayAskRewards(services.cache, { shopId, customerId }))) return 'busy' as const;
  const { form: fields, locale, account } = asked.data;
  const notice =
    fields === null || customerId === null ? null : await actOnRewards(services, shopId, customerId, fields);
  const before = readBefore(asked.data.before ?? undefined);
  const page = await readRewardsPage(services, picks, shopId, {
    customerId,
    before,
    notice,
    back: notice?.back ?? cameFrom(asked.data.cart ?? undefined),
  });
  return rewardsContent(page, accountOf(account, page.shop.storefrontUrl), pageLanguageOf(locale));
}

/** A page of the store itself, whatever the store's settings were led to. */
const accountOf = (address: string, store: string): string => (address.startsWith(`${store}/`) ? address : `${store}/`);
