import { z } from 'zod';
import { type PageContent, pageLanguageOf } from '#app/flows/bundle-page-content.ts';
import { escapeText } from '#app/flows/bundle-page-html.ts';
import type { PageLanguage } from '#app/flows/bundle-page-words.ts';
import { type Shop, readShop } from '#app/domains/shops/index.ts';
import { type Invitation, openInvitation } from '#app/flows/referrals/shopper.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { storeMoney } from '#app/shared/money-format.ts';
import { invitationWords, percentOff } from './invitation-words.ts';
import { mayOpenLinks } from './referral-link.ts';

const question = z.object({ code: z.string().max(40), locale: z.string().max(20) });

type Needs = Pick<Services, 'cache' | 'db' | 'clock' | 'queue'>;
type Store = Pick<Shop, 'currency' | 'moneyFormat' | 'storefrontUrl'>;

/**
 * What an advocate's link opens, for a store that puts its theme around it; the click counts.
 * @param customerId who WordPress says is logged in
 * @returns `code` to remember and to put into the cart, and for how many days; null where the question cannot be read
 */
export async function answerReferral(services: Needs, shopId: ShopId, customerId: string | null, sent: unknown) {
  const asked = question.safeParse(sent);
  if (!asked.success) return null;
  const shop = await services.db.inShop(shopId, readShop);
  const invitation = (await mayOpenLinks(services.cache, shopId))
    ? await openInvitation(services, { id: shopId, currency: shop.currency }, asked.data.code, customerId)
    : null;
  return {
    status: invitation ? 200 : 404,
    code: invitation?.code ?? null,
    days: invitation?.linkDays ?? 0,
    ...contentOf(invitation, shop, pageLanguageOf(asked.data.locale)),
  };
}

function contentOf(invitation: Invitation | null, shop: Store, language: PageLanguage): PageContent {
  const words = invitationWords[language];
  const store = escapeText(shop.storefrontUrl);
  const parts = invitation ? invitationParts(invitation, shop, language) : [];
  const start = invitation
    ? `${store}/?trellis_page=refer&amp;code=${invitation.code}&amp;start=1`
    : `${store}/?post_type=product`;
  const title = invitation ? words.title : words.absent;
  return {
    title,
    description: '',
    head: '<meta name="robots" content="noindex">',
    html: `<style>.trellis-invitation{max-width:40rem;margin:3rem auto;padding:0 1rem;text-align:center}.trellis-invitation-offer{font-size:1.5em}</style><div class="trellis-invitation"><h1>${escapeText(title)}</h1>${parts.join('')}<p><a class="button" href="${start}">${escapeText(words.button)}</a></p></div>`,
  };
}

function invitationParts({ code, offer, minOrderMinor }: Invitation, shop: Store, language: PageLanguage): string[] {
  const words = invitationWords[language];
  const money = (minor: number): string => storeMoney(minor, shop, language);
  if (offer.type === 'none') return [`<p class="trellis-invitation-offer">${escapeText(words.none)}</p>`];
  const promise =
    offer.type === 'free-shipping'
      ? words.shipping
      : words.offer.replace(
          '{off}',
          offer.type === 'percentage' ? percentOff(offer.basisPoints, language) : money(offer.minor),
        );
  const from = minOrderMinor > 0 ? [`<p>${escapeText(words.from.replace('{minimum}', money(minOrderMinor)))}</p>`] : [];
  return [
    `<p class="trellis-invitation-offer">${escapeText(promise)}</p>`,
    `<p>${words.code.split('{code}').map(escapeText).join(`<strong>${code}</strong>`)}</p>`,
    ...from,
  ];
}
