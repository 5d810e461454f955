import { homeOf } from '../homes.ts';
import type { SandboxAddress, SandboxCustomer } from '../model.ts';
import type { PayloadValue } from './payload-json.ts';

type Payload = { readonly [key: string]: PayloadValue };
const gid = (type: string, id: string): string => `gid://shopify/${type}/${id}`;

/** All places of the sandbox are in one city. */
export function address(name: { firstName: string; lastName: string }, home: SandboxAddress | null): Payload {
  return {
    first_name: name.firstName,
    last_name: name.lastName,
    name: home?.name ?? `${name.firstName} ${name.lastName}`,
    address1: home?.address1 ?? '',
    address2: null,
    city: home?.city ?? 'Berlin',
    company: null,
    country: 'Germany',
    country_code: 'DE',
    province: 'Berlin',
    province_code: 'BE',
    zip: home?.zip ?? '10969',
    phone: home?.phone ?? '',
    latitude: 52.5,
    longitude: 13.4,
  };
}

/** customers/* in Shopify's REST shape. */
export function customerPayload(customer: SandboxCustomer, currency: string): Payload {
  const home = {
    ...address(customer, homeOf(customer)),
    id: BigInt(customer.id) + 1n,
    customer_id: BigInt(customer.id),
    country_name: 'Germany',
    default: true,
    address2: '',
    company: '',
  };
  const { latitude: _latitude, longitude: _longitude, ...place } = home as Payload;
  return {
    id: BigInt(customer.id),
    admin_graphql_api_id: gid('Customer', customer.id),
    email: customer.email ?? '',
    first_name: customer.firstName,
    last_name: customer.lastName,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    currency,
    state: 'enabled',
    note: '',
    phone: null,
    multipass_identifier: null,
    tax_exempt: false,
    tax_exemptions: [],
    verified_email: true,
    addresses: [place],
    default_address: place,
  };
}
