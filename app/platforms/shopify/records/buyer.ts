import type { PlatformAddress, PlatformBuyer } from '#app/platforms/platform.ts';

type Text = string | null | undefined;

interface Address {
  readonly name?: Text;
  readonly address1?: Text;
  readonly address2?: Text;
  readonly zip?: Text;
  readonly city?: Text;
  readonly country?: Text;
  /** code of the state or province */
  readonly region?: Text;
}

const plain = (text: Text) => text?.replaceAll('\0', '').trim() ?? '';

function toAddress(address: Address): PlatformAddress {
  return {
    name: plain(address.name),
    line1: plain(address.address1),
    line2: plain(address.address2),
    postcode: plain(address.zip),
    city: plain(address.city),
    country: plain(address.country).toUpperCase(),
  };
}

/** Who ordered; the first phone number and every address that is there. */
export function toBuyer(said: {
  readonly email: Text;
  readonly phones: readonly Text[];
  readonly addresses: readonly (Address | null | undefined)[];
}): PlatformBuyer {
  const known = said.addresses.flatMap((address) => address ?? []);
  const addresses = known.map(toAddress);
  const at = addresses.findIndex(({ country }) => country !== '');
  return {
    email: plain(said.email) || null,
    phone: said.phones.map(plain).find((phone) => phone !== '') ?? null,
    country: addresses[at]?.country ?? null,
    region: plain(known[at]?.region) || null,
    addresses,
    // Cards are not told with orders, and what a browser pays by is none of a person's names.
    payer: null,
  };
}
