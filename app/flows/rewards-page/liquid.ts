import { escapeText } from '../bundle-page-html.ts';
import { liquidAddresses } from '../bundle-page-liquid.ts';
import { liquidWords } from '../liquid-words.ts';
import { rewardsHtml } from './html.ts';
import type { RewardsPage } from './read-page.ts';
import { rewardsWords } from './words.ts';

/**
 * The page as Liquid: the store's theme goes around it and says the shopper's language.
 * @param path of the page below the store's address
 */
export function rewardsLiquid(page: RewardsPage, path: string): string {
  const local = liquidWords(rewardsWords);
  const body = rewardsHtml(page, {
    print: local.print,
    urls: {
      ...liquidAddresses,
      page: escapeText(path),
      // The page of invitations stands beside this one.
      invitation: (code) => `{{ shop.url }}${escapeText(path.replace(/rewards$/, `refer/${code}`))}`,
      logIn: '{{ routes.account_login_url }}',
      signUp: '{{ routes.account_register_url }}',
      apply: (code, back) =>
        `{{ routes.root_url | append: '/' | replace: '//', '/' }}discount/${encodeURIComponent(code)}?redirect=${back === 'checkout' ? '/checkout' : '{{ routes.cart_url | url_encode }}'}`,
    },
  });
  const title = local.print(({ title: text }) => text);
  return [local.definitions(), `{%- capture page_title -%}${title}{%- endcapture -%}`, body].join('\n');
}
