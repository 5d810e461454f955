import { z } from 'zod';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { isWholePage } from '../client/answer.ts';
import { guardedRequest } from '../client/guarded-request.ts';
import { parseSiteAddress, restUrl, type SiteAddress } from '../client/site-address.ts';
import { text } from '../records/values.ts';

export type FoundStore = SiteAddress & { readonly permalinks: 'pretty' | 'plain' };
export type NotFound = 'not-an-address' | 'not-public' | 'unreachable' | 'no-woocommerce' | 'blocked';

const index = z.object({ home: text, namespaces: z.array(z.string()).catch([]) });
const maxHops = 5;
const blocked = () => fail('blocked', 'Something in front of the store keeps Trellis out of its REST API.');
/** Some hosts take half a minute for an answer; the merchant waits. */
const timeoutMs = 50_000;

/**
 * Looks for the WooCommerce store under an address that somebody typed: follows the site to its one true address, so
 * that a store has one name however it is typed, and finds out how its REST API is reached. Each step is guarded.
 */
export async function findStore(typed: string, localStores: boolean): Promise<Result<FoundStore, NotFound>> {
  let site = parseSiteAddress(typed, localStores);
  let permalinks: 'pretty' | 'plain' = 'pretty';
  let page = false;
  for (let hop = 0; hop < maxHops; hop += 1) {
    if (!site.ok) return site;
    const { address } = site.value;
    const url = restUrl(address, permalinks, '/');
    url.searchParams.set('_fields', 'home,namespaces');
    let answer: Awaited<ReturnType<typeof guardedRequest>>;
    try {
      const headers = { accept: 'application/json', 'user-agent': 'Trellis' };
      answer = await guardedRequest({ url, method: 'GET', headers, body: null, timeoutMs, localStores });
    } catch {
      // Whatever it was (no such name, a closed port, an address of ours): the merchant sees no more than this.
      return fail('unreachable', 'Nobody answers under this address.');
    }
    const location = answer.header('location');
    if (answer.status >= 300 && answer.status < 400 && location !== null && URL.canParse(location, url)) {
      site = parseSiteAddress(new URL(location, url).href, localStores);
      continue;
    }
    const read = index.safeParse(parseJson(answer.text));
    if (!read.success) {
      page ||= isWholePage(answer);
      if ((answer.status === 404 || page) && permalinks === 'pretty') {
        permalinks = 'plain';
        continue;
      }
      return answer.status === 404 && !page
        ? fail('no-woocommerce', 'There is no WooCommerce under this address.')
        : blocked();
    }
    if (!read.data.namespaces.includes('wc/v3'))
      return answer.status === 401 || answer.status === 403
        ? blocked()
        : fail('no-woocommerce', 'There is no WooCommerce under this address.');
    const home = parseSiteAddress(read.data.home, localStores);
    if (!home.ok || home.value.domain === site.value.domain) return ok({ ...site.value, permalinks });
    site = home;
  }
  return page ? blocked() : fail('unreachable', 'The site sends everybody on and on.');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\ufeff/, '')) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Where a merchant lets Trellis in: WooCommerce's own page, which makes keys and sends them to `callbackUrl`. Without
 * pretty permalinks it is reached by its parameters.
 * Source: WooCommerce REST API, "Auto generating API keys"; class-wc-auth.php.
 */
export function authorizeUrl(
  store: FoundStore,
  values: { readonly state: string; readonly returnUrl: string; readonly callbackUrl: string },
): string {
  const url = new URL(store.permalinks === 'pretty' ? `${store.address}/wc-auth/v1/authorize` : `${store.address}/`);
  if (store.permalinks === 'plain') {
    url.searchParams.set('wc-auth-version', '1');
    url.searchParams.set('wc-auth-route', 'authorize');
  }
  url.searchParams.set('app_name', 'Trellis');
  url.searchParams.set('scope', 'read_write');
  url.searchParams.set('user_id', values.state);
  url.searchParams.set('return_url', values.returnUrl);
  url.searchParams.set('callback_url', values.callbackUrl);
  return url.href;
}
