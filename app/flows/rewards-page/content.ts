import { escapeText } from '../bundle-page-html.ts';
import { addressesIn, type PageContent } from '../bundle-page-content.ts';
import type { PageLanguage } from '../bundle-page-words.ts';
import { rewardsHtml } from './html.ts';
import type { RewardsPage } from './read-page.ts';
import { rewardsWords } from './words.ts';

/**
 * The page in one language as HTML, for a store that puts its own theme around it.
 * @param account where shoppers of the store log in
 */
export function rewardsContent(page: RewardsPage, account: string, language: PageLanguage): PageContent {
  const words = rewardsWords[language];
  const store = escapeText(page.shop.storefrontUrl);
  const html = rewardsHtml(page, {
    print: (say) => escapeText(say(words, language)),
    urls: {
      ...addressesIn(page.shop.storefrontUrl),
      page: `${store}/?trellis_page=rewards`,
      invitation: (code) => `${store}/?trellis_page=refer&amp;code=${code}`,
      logIn: escapeText(account),
      signUp: escapeText(account),
      apply: (code, back) =>
        `${store}/?trellis_page=rewards&amp;apply=${encodeURIComponent(code)}${back === 'checkout' ? '&amp;to=checkout' : ''}`,
    },
  });
  return { title: words.title, description: '', head: '<meta name="robots" content="noindex">', html };
}
