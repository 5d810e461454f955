import type { SandboxCustomer } from '../model.ts';
import { sorted } from './connections.ts';
import type { Listers, Resolvers } from './context.ts';
import { search, type SearchFields } from './search.ts';
import { gid, idIn, money } from './values.ts';
import { homeZone } from '../homes.ts';

const customerFields: SearchFields<SandboxCustomer> = {
  default: { kind: 'text', of: (customer) => [customer.firstName, customer.lastName, customer.email ?? ''] },
  updated_at: { kind: 'time', of: (customer) => customer.updatedAt },
  customer_date: { kind: 'time', of: (customer) => customer.createdAt },
  id: { kind: 'id', of: (customer) => customer.id },
  email: { kind: 'text', of: (customer) => customer.email },
  first_name: { kind: 'text', of: (customer) => customer.firstName },
  last_name: { kind: 'text', of: (customer) => customer.lastName },
  tag: { kind: 'text', of: (customer) => customer.tags },
};

export const customerResolvers: Resolvers<SandboxCustomer> = {
  'Customer.id': (customer) => gid('Customer', customer.id),
  'Customer.legacyResourceId': (customer) => customer.id,
  'Customer.displayName': (customer) => `${customer.firstName} ${customer.lastName}`.trim(),
  'Customer.defaultEmailAddress': (customer) =>
    customer.email === null ? null : { emailAddress: customer.email, marketingState: marketingOf(customer.id) },
  'Customer.defaultAddress': () => ({ timeZone: homeZone }),
  'Customer.phone': () => null,
  'Customer.note': () => null,
  'Customer.state': () => 'ENABLED',
  'Customer.taxExempt': () => false,
  'Customer.verifiedEmail': () => true,
  'Customer.numberOfOrders': (customer, _args, context) =>
    context.store.ordersOfCustomer(customer.id).length.toString(),
  'Customer.lastOrder': (customer, _args, context) => context.store.ordersOfCustomer(customer.id)[0] ?? null,
  'Customer.amountSpent': (customer, _args, context) =>
    money(
      context.store
        .ordersOfCustomer(customer.id)
        .reduce((total, order) => total + Number(order.total) - Number(order.totalRefunded), 0)
        .toFixed(2),
      context.store.shop.currency,
    ),
};

export const customerLists: Listers<unknown> = {
  'QueryRoot.customers': (_source, args, context) =>
    sorted(
      search(context.store.customers.values(), args, customerFields, 'customers', context),
      args,
      {
        ID: () => '',
        RELEVANCE: () => '',
        UPDATED_AT: (customer) => customer.updatedAt,
        CREATED_AT: (customer) => customer.createdAt,
        NAME: (customer) => `${customer.lastName}, ${customer.firstName}`,
      },
      'ID',
    ),
};

export const customerQueries: Resolvers<unknown> = {
  'QueryRoot.customer': (_source, args, context) =>
    context.store.customers.get(idIn(args['id'], 'Customer') ?? '') ?? null,
  'QueryRoot.customersCount': (_source, args, context) => ({
    count: search(context.store.customers.values(), args, customerFields, 'customersCount', context).length,
    precision: 'EXACT',
  }),
};

/** Six of ten have said yes to marketing, one has said no; made of the id, so that it is the same at every start. */
function marketingOf(id: string): 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NOT_SUBSCRIBED' {
  const last = Number(id.slice(-1));
  if (last < 6) return 'SUBSCRIBED';
  return last === 6 ? 'UNSUBSCRIBED' : 'NOT_SUBSCRIBED';
}
