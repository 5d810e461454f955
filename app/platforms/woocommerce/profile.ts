import { z } from 'zod';
import { type PlatformShop, PlatformRefusal, type ShopRef } from '#app/platforms/platform.ts';
import type { RestClient } from './client/rest-client.ts';
import { toPlainText } from './records/plain-text.ts';
import { listOf, text } from './records/values.ts';

const siteIndex = z.object({ name: text, home: text, timezone_string: text, gmt_offset: text });
const settings = listOf(z.object({ id: z.string(), value: z.unknown().optional() }));
const currency = z.object({ code: z.string(), symbol: text });

/** Offsets that are no whole hours, by a zone that has them all year. */
const oddOffsets: Readonly<Record<string, string>> = {
  '-9.5': 'Pacific/Marquesas',
  '3.5': 'Asia/Tehran',
  '4.5': 'Asia/Kabul',
  '5.5': 'Asia/Kolkata',
  '5.75': 'Asia/Kathmandu',
  '6.5': 'Asia/Yangon',
  '8.75': 'Australia/Eucla',
  '9.5': 'Australia/Darwin',
};

/** A site has a named zone or a bare offset, which POSIX counts the other way round. */
export function toTimeZone(named: string, offset: string): string {
  if (named !== '') return named;
  const hours = Number(offset);
  if (!Number.isFinite(hours) || hours === 0 || Math.abs(hours) > 14) return 'UTC';
  if (!Number.isInteger(hours)) return oddOffsets[String(hours)] ?? 'UTC';
  return `Etc/GMT${hours > 0 ? '-' : '+'}${String(Math.abs(hours))}`;
}

/** A space between thousands is one that does not break the line. */
const separator = (value: string): string =>
  value !== '' && value.replaceAll('&nbsp;', ' ').trim() === '' ? '\u00a0' : toPlainText(value);

/** What the store says of itself. The index needs no keys and may be closed; then the address has to do as a name. */
export async function readProfile(client: RestClient, shop: ShopRef): Promise<PlatformShop> {
  const [{ data: options }, { data: money }, site] = await Promise.all([
    client.call(shop, { route: '/wc/v3/settings/general', answer: settings }),
    client.call(shop, { route: '/wc/v3/data/currencies/current', answer: currency }),
    readIndex(client, shop),
  ]);
  const option = (id: string): string => {
    const value = options.find((one) => one.id === `woocommerce_${id}`)?.value;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const symbol = toPlainText(money.symbol) || money.code;
  const place = option('currency_pos');
  const gap = place.endsWith('_space') ? '\u00a0' : '';
  const decimals = Number(option('price_num_decimals') || '2');
  return {
    name: toPlainText(site?.name ?? '') || shop.domain,
    currency: money.code,
    timeZone: toTimeZone(site?.timezone_string ?? '', site?.gmt_offset ?? ''),
    // Keys that may not write are refused when the store is connected.
    scopes: ['read_write'],
    moneyFormat: {
      before: place.startsWith('right') ? '' : `${symbol}${gap}`,
      after: place.startsWith('right') ? `${gap}${symbol}` : '',
      thousands: separator(option('price_thousand_sep')),
      point: separator(option('price_decimal_sep')) || '.',
      decimals: Number.isInteger(decimals) ? Math.max(0, Math.min(4, decimals)) : 2,
    },
    taxesIncluded: await readTaxesIncluded(client, shop, option('calc_taxes')),
    insideCheckout: true,
    storefrontUrl: site && /^https?:\/\//.test(site.home) ? site.home.replace(/\/+$/, '') : null,
  };
}

/**
 * Whether prices contain tax, which WooCommerce asks only where it reckons with taxes at all (`wc_prices_include_tax`); where
 * it does not, the merchant alone knows. Where that setting is kept from us they are taken to: the merchant can say that they
 * do not.
 */
async function readTaxesIncluded(client: RestClient, shop: ShopRef, taxes: string): Promise<boolean | null> {
  if (taxes !== 'yes') return null;
  try {
    const { data } = await client.call(shop, { route: '/wc/v3/settings/tax', answer: settings });
    return data.find(({ id }) => id === 'woocommerce_prices_include_tax')?.value !== 'no';
  } catch (error) {
    if (error instanceof PlatformRefusal) return true;
    throw error;
  }
}

async function readIndex(client: RestClient, shop: ShopRef) {
  try {
    const fields = Object.keys(siteIndex.shape).join(',');
    return (await client.call(shop, { route: '/', query: { _fields: fields }, anonymous: true, answer: siteIndex }))
      .data;
  } catch (error) {
    if (error instanceof PlatformRefusal) return null;
    throw error;
  }
}
