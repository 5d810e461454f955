import { hashText } from '../../shopify/generator/random.ts';
import type { SandboxCustomer } from '../../shopify/model.ts';
import type { WooAddress, WooCustomer, WooSite } from '../model.ts';
import { seconds } from '../site-time.ts';

const streets = ['Main Street', 'Station Road', 'Garden Lane', 'Mill Street', 'Church Road', 'Park Avenue'];
const cities = ['Kiel', 'Leipzig', 'Bremen', 'Ulm', 'Mainz', 'Trier', 'Jena'];

/** An address that is made up, the same for the same text. */
export function makeAddress(firstName: string, lastName: string, country: string, from: string): WooAddress {
  const dice = hashText(from);
  return {
    first_name: firstName,
    last_name: lastName,
    company: '',
    address_1: `${((dice % 180) + 1).toString()} ${streets[dice % streets.length] ?? ''}`,
    address_2: '',
    city: cities[(dice >>> 5) % cities.length] ?? '',
    postcode: (10_000 + (dice % 89_999)).toString(),
    country,
    state: country === 'DE' ? 'DE-BE' : '',
    phone: '',
  };
}

/** Registered customers; user 1 is the merchant. */
export function makeWooCustomers(
  people: readonly SandboxCustomer[],
  site: WooSite,
): { customers: WooCustomer[]; byOldId: ReadonlyMap<string, WooCustomer> } {
  const merchant: WooCustomer = {
    id: 1,
    email: site.adminEmail,
    firstName: 'Shop',
    lastName: 'Owner',
    username: 'owner',
    role: 'administrator',
    billing: { ...makeAddress('Shop', 'Owner', site.country, 'owner'), email: site.adminEmail },
    shipping: makeAddress('Shop', 'Owner', site.country, 'owner'),
    createdAt: '2023-01-02T09:00:00.000Z',
    updatedAt: null,
    isPaying: false,
    metaData: [],
  };
  const byOldId = new Map<string, WooCustomer>();
  for (const [index, person] of people.entries()) {
    const address = makeAddress(person.firstName, person.lastName, site.country, person.id);
    const email = person.email ?? '';
    byOldId.set(person.id, {
      id: index + 2,
      email,
      firstName: person.firstName,
      lastName: person.lastName,
      username: (email.split('@')[0] ?? '').toLowerCase(),
      role: 'customer',
      billing: { ...address, email },
      shipping: address,
      createdAt: seconds(person.createdAt),
      updatedAt: seconds(person.updatedAt),
      isPaying: true,
      metaData: [],
    });
  }
  return { customers: [merchant, ...byOldId.values()], byOldId };
}
