import type { PlatformAddress, PlatformBuyer } from '#app/platforms/platform.ts';
import type { WooOrder } from './order-schema.ts';
import { toPlainText } from './plain-text.ts';
import { metaText } from './values.ts';

/**
 * What payment plugins write on an order about who paid, the same in each order of a person: Stripe's customer, and the
 * address of the PayPal account, which the plugin of PayPal and the gateway that WooCommerce had before keep under
 * different names. Neither writes the fingerprint of a card. Sources: woocommerce-paypal-payments, PayPalGateway;
 * WooCommerce, class-wc-privacy-erasers.php.
 */
const payerKeys = {
  _stripe_customer_id: 'stripe',
  _ppcp_paypal_payer_email: 'paypal',
  'Payer PayPal address': 'paypal',
} as const;

type Address = NonNullable<WooOrder['billing']>;

const plain = (text: string) => toPlainText(text.replaceAll('\0', '')).trim();

function toAddress(address: Address): PlatformAddress[] {
  // A delivery to the invoice's address is empty.
  if (plain(address.address_1) === '' && plain(address.postcode) === '') return [];
  return [
    {
      name: plain(`${address.first_name} ${address.last_name}`),
      line1: plain(address.address_1),
      line2: plain(address.address_2),
      postcode: plain(address.postcode),
      city: plain(address.city),
      country: plain(address.country).toUpperCase(),
    },
  ];
}

/** Who ordered, by both addresses of the order and by what the payment says. */
export function toBuyer(order: Pick<WooOrder, 'billing' | 'shipping' | 'meta_data'>): PlatformBuyer {
  const both = [order.shipping, order.billing].flatMap((address) => address ?? []);
  const addresses = both.flatMap(toAddress);
  const country = addresses.find((one) => one.country !== '')?.country ?? null;
  const payer = Object.entries(payerKeys).flatMap(([key, provider]) => {
    const text = metaText(order.meta_data, key)?.trim().toLowerCase();
    return text ? [`${provider} ${text}`] : [];
  });
  return {
    email: plain(order.billing?.email ?? '') || null,
    phone: both.map(({ phone }) => plain(phone)).find((phone) => phone !== '') ?? null,
    country,
    region: plain(both.find((one) => plain(one.country).toUpperCase() === country)?.state ?? '') || null,
    addresses,
    payer: payer[0] ?? null,
  };
}
