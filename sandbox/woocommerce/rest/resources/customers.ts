import { z } from 'zod';
import type { WooAddress, WooCustomer } from '../../model.ts';
import { ok, RestError } from '../answer.ts';
import { byDate, byText, list } from '../listing.ts';
import type { RestContext } from '../request.ts';
import { customerView } from '../views/customer.ts';
import { mergeMeta, metaInput, parseBody } from './meta.ts';
import { createdAt, isForced, routesOf, type Handler } from './route.ts';

export const addressInput = z
  .object({
    first_name: z.string(),
    last_name: z.string(),
    company: z.string(),
    address_1: z.string(),
    address_2: z.string(),
    city: z.string(),
    postcode: z.string(),
    country: z.string(),
    state: z.string(),
    phone: z.string(),
    email: z.string(),
  })
  .partial();

const input = z.object({
  email: z.email().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  billing: addressInput.optional(),
  shipping: addressInput.optional(),
  meta_data: metaInput.optional(),
});

export const emptyAddress: WooAddress = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  postcode: '',
  country: '',
  state: '',
  phone: '',
};

/** An address with the given fields changed; the shipping address has no mail address. */
export function mergeAddress(
  known: WooAddress,
  given: z.infer<typeof addressInput> | undefined,
  billing: boolean,
): WooAddress {
  const merged = {
    ...known,
    ...Object.fromEntries(Object.entries(given ?? {}).filter(([, text]) => text !== undefined)),
  };
  if (billing) return { ...merged, email: merged.email ?? '' };
  const { email: _email, ...address } = merged;
  return address;
}

function customerOf(context: RestContext, id: number): WooCustomer {
  const customer = context.store.customers.get(id);
  if (customer === undefined) throw new RestError('woocommerce_rest_invalid_id', 'Invalid resource ID.', 404);
  return customer;
}

/** No filter by dates here: WooCommerce's customers know none. */
const all: Handler = (context, request) => {
  const role = request.query.get('role') ?? 'customer';
  const email = request.query.get('email');
  const search = (request.query.get('search') ?? '').toLowerCase();
  const query = new URLSearchParams(request.query);
  for (const name of ['after', 'before', 'modified_after', 'modified_before', 'dates_are_gmt']) query.delete(name);
  return list(
    context,
    { ...request, query },
    {
      rows: [...context.store.customers.values()]
        .filter(
          (customer) =>
            (role === 'all' || customer.role === role) &&
            (email === null || customer.email === email) &&
            (search === '' || `${customer.email} ${customer.username}`.toLowerCase().includes(search)),
        )
        .map((customer) => ({ ...customer, updatedAt: customer.updatedAt ?? customer.createdAt })),
      orderby: ['name', 'id', 'include', 'registered_date'],
      order: 'asc',
      compare: { name: byText((row) => `${row.firstName} ${row.lastName}`), registered_date: byDate.date },
      view: ({ id }) => customerView(context, customerOf(context, id)),
    },
  );
};

const read: Handler = (context, _request, [id = 0]) => ok(customerView(context, customerOf(context, id)));

const create: Handler = (context, request) => {
  const { store } = context;
  const fields = parseBody(input.extend({ email: z.email() }), request.body);
  if (store.customerByEmail(fields.email) !== null)
    throw new RestError(
      'registration-error-email-exists',
      'An account is already registered with your email address. Please log in or use a different email address.',
      400,
    );
  const id = store.nextId();
  const customer = store.put('customers', {
    id,
    email: fields.email,
    firstName: fields.first_name ?? '',
    lastName: fields.last_name ?? '',
    username: fields.username ?? fields.email.split('@')[0] ?? '',
    role: 'customer',
    billing: mergeAddress({ ...emptyAddress, email: fields.email }, fields.billing, true),
    shipping: mergeAddress(emptyAddress, fields.shipping, false),
    createdAt: store.stamp(),
    updatedAt: null,
    isPaying: false,
    metaData: mergeMeta([], fields.meta_data ?? [], () => store.nextId()),
  });
  return createdAt(context, '/wc/v3/customers', id, customerView(context, customer));
};

const update: Handler = (context, request, [id = 0]) => {
  const { store } = context;
  const known = customerOf(context, id);
  const fields = parseBody(input, request.body);
  if (fields.email !== undefined && (store.customerByEmail(fields.email)?.id ?? id) !== id)
    throw new RestError('woocommerce_rest_customer_invalid_email', 'Email address is invalid.', 400);
  const customer = store.put('customers', {
    ...known,
    email: fields.email ?? known.email,
    firstName: fields.first_name ?? known.firstName,
    lastName: fields.last_name ?? known.lastName,
    billing: mergeAddress(known.billing, fields.billing, true),
    shipping: mergeAddress(known.shipping, fields.shipping, false),
    metaData: mergeMeta(known.metaData, fields.meta_data ?? [], () => store.nextId()),
    updatedAt: store.stamp(),
  });
  return ok(customerView(context, customer));
};

const remove: Handler = (context, request, [id = 0]) => {
  const known = customerOf(context, id);
  if (!isForced(request))
    throw new RestError('woocommerce_rest_trash_not_supported', 'Customers do not support trashing.', 501);
  const answer = ok(customerView(context, known));
  // Orders of somebody who is gone stay, as a guest's.
  context.store.commit([
    { table: 'customers', id, record: null },
    ...context.store
      .ordersOf(id)
      .map((order) => ({ table: 'orders' as const, id: order.id, record: { ...order, customerId: 0 }, quiet: true })),
  ]);
  return answer;
};

export const customerRoutes = routesOf({ path: '/wc/v3/customers', list: all, read, create, update, remove });
