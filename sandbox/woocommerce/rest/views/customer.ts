import type { WooCustomer } from '../../model.ts';
import type { RestContext } from '../request.ts';
import { dates } from './dates.ts';
import { links } from './product.ts';

export function customerView(context: RestContext, customer: WooCustomer) {
  const { timeZone } = context.store.site;
  return {
    id: customer.id,
    ...dates('date_created', customer.createdAt, timeZone),
    ...dates('date_modified', customer.updatedAt, timeZone),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    role: customer.role,
    username: customer.username,
    billing: customer.billing,
    shipping: customer.shipping,
    is_paying_customer: customer.isPaying,
    avatar_url: `https://secure.gravatar.com/avatar/?s=96&d=mm&r=g`,
    meta_data: customer.metaData,
    _links: links(context, 'customers', customer.id),
  };
}
