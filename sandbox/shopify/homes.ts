import type { SandboxAddress, SandboxCustomer, SandboxOrder, SandboxStore } from './model.ts';

const streets = ['Lindenstrasse', 'Hafenweg', 'Gartenstrasse', 'Bergstrasse', 'Schulweg', 'Am Markt', 'Seestrasse'];

/** The time zone that everybody lives in. */
export const homeZone = 'Europe/Berlin';

/** Where a customer lives: made of the id, so that nearly everybody lives alone. */
export function homeOf(customer: Pick<SandboxCustomer, 'id' | 'firstName' | 'lastName'>): SandboxAddress {
  const number = Number(BigInt(customer.id) % 900_000n);
  return {
    name: `${customer.firstName} ${customer.lastName}`,
    address1: `${streets[number % streets.length] ?? ''} ${(1 + (Math.floor(number / 7) % 240)).toString()}`,
    zip: (10_115 + (Math.floor(number / 1680) % 4_000)).toString(),
    city: 'Berlin',
    phone: `+4930${(1_000_000 + number).toString()}`,
  };
}

/** Where an order goes to; null for a guest of the past, of whom nothing was written down. */
export function addressOf(store: Pick<SandboxStore, 'customers'>, order: SandboxOrder): SandboxAddress | null {
  const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
  return order.address ?? (customer ? homeOf(customer) : null);
}
