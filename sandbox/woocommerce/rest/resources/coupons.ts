import { z } from 'zod';
import type { WooCoupon } from '../../model.ts';
import { readPlugin } from '../../plugin/state.ts';
import { momentOfSiteTime } from '../../site-time.ts';
import { ok, RestError } from '../answer.ts';
import { byDate, byText, list } from '../listing.ts';
import type { RestContext } from '../request.ts';
import { dates } from '../views/dates.ts';
import { links } from '../views/product.ts';
import { mergeMeta, metaInput, parseBody } from './meta.ts';
import { createdAt, isForced, routesOf, type Handler } from './route.ts';

const ids = z.array(z.number()).optional();
const amount = z.union([z.string(), z.number()]).transform(String).optional();
const input = z.object({
  code: z.string().optional(),
  amount,
  status: z.enum(['publish', 'draft', 'pending', 'private']).optional(),
  discount_type: z.enum(['percent', 'fixed_cart', 'fixed_product', 'trellis_code']).optional(),
  description: z.string().optional(),
  date_expires: z.string().nullish(),
  date_expires_gmt: z.string().nullish(),
  individual_use: z.boolean().optional(),
  product_ids: ids,
  excluded_product_ids: ids,
  usage_limit: z.number().nullish(),
  usage_limit_per_user: z.number().nullish(),
  limit_usage_to_x_items: z.number().nullish(),
  free_shipping: z.boolean().optional(),
  product_categories: ids,
  excluded_product_categories: ids,
  exclude_sale_items: z.boolean().optional(),
  minimum_amount: amount,
  maximum_amount: amount,
  email_restrictions: z.array(z.string()).optional(),
  meta_data: metaInput.optional(),
});

const twoDigits = (text: string): string => Number(text === '' ? '0' : text).toFixed(2);

export function couponView(context: RestContext, coupon: WooCoupon) {
  const { timeZone } = context.store.site;
  return {
    id: coupon.id,
    code: coupon.code,
    amount: twoDigits(coupon.amount),
    status: coupon.status,
    ...dates('date_created', coupon.createdAt, timeZone),
    ...dates('date_modified', coupon.updatedAt, timeZone),
    discount_type: coupon.discountType,
    description: coupon.description,
    ...dates('date_expires', coupon.expiresAt, timeZone),
    usage_count: coupon.usageCount,
    individual_use: coupon.individualUse,
    product_ids: coupon.productIds,
    excluded_product_ids: coupon.excludedProductIds,
    usage_limit: coupon.usageLimit,
    usage_limit_per_user: coupon.usageLimitPerUser,
    limit_usage_to_x_items: coupon.limitUsageToXItems,
    free_shipping: coupon.freeShipping,
    product_categories: coupon.productCategories,
    excluded_product_categories: coupon.excludedProductCategories,
    exclude_sale_items: coupon.excludeSaleItems,
    minimum_amount: twoDigits(coupon.minimumAmount),
    maximum_amount: twoDigits(coupon.maximumAmount),
    email_restrictions: coupon.emailRestrictions,
    used_by: coupon.usedBy,
    meta_data: coupon.metaData,
    _links: links(context, 'coupons', coupon.id),
  };
}

function couponOf(context: RestContext, id: number, status: 400 | 404): WooCoupon {
  const coupon = context.store.coupons.get(id);
  if (coupon === undefined) throw new RestError('woocommerce_rest_shop_coupon_invalid_id', 'Invalid ID.', status);
  return coupon;
}

const all: Handler = (context, request) => {
  const code = request.query.get('code')?.toLowerCase() ?? null;
  const search = (request.query.get('search') ?? '').toLowerCase();
  const status = request.query.get('status') ?? 'any';
  return list(context, request, {
    rows: [...context.store.coupons.values()].filter(
      (coupon) =>
        (status === 'any' ? coupon.status !== 'trash' : coupon.status === status) &&
        (code === null || coupon.code === code) &&
        coupon.code.includes(search),
    ),
    orderby: ['date', 'id', 'include', 'title', 'slug', 'modified'],
    compare: { ...byDate, title: byText((coupon) => coupon.code), slug: byText((coupon) => coupon.code) },
    view: (coupon) => couponView(context, coupon),
  });
};

const read: Handler = (context, _request, [id = 0]) => ok(couponView(context, couponOf(context, id, 404)));

const create: Handler = (context, request) => {
  const { store } = context;
  const fields = parseBody(input, request.body);
  if (fields.code === undefined || fields.code === '')
    throw new RestError('woocommerce_rest_empty_coupon_code', 'The coupon code cannot be empty.', 400);
  const at = store.stamp();
  const blank: WooCoupon = {
    id: store.nextId(),
    code: '',
    status: 'publish',
    amount: '0',
    discountType: 'fixed_cart',
    description: '',
    expiresAt: null,
    usageCount: 0,
    individualUse: false,
    productIds: [],
    excludedProductIds: [],
    usageLimit: null,
    usageLimitPerUser: null,
    limitUsageToXItems: null,
    freeShipping: false,
    productCategories: [],
    excludedProductCategories: [],
    excludeSaleItems: false,
    minimumAmount: '',
    maximumAmount: '',
    emailRestrictions: [],
    usedBy: [],
    metaData: [],
    createdAt: at,
    updatedAt: at,
  };
  const coupon = store.put('coupons', changed(context, blank, fields));
  return createdAt(context, '/wc/v3/coupons', coupon.id, couponView(context, coupon));
};

const update: Handler = (context, request, [id = 0]) => {
  const known = couponOf(context, id, 400);
  const next = changed(context, known, parseBody(input, request.body));
  return ok(couponView(context, context.store.put('coupons', { ...next, updatedAt: context.store.stamp() })));
};

const remove: Handler = (context, request, [id = 0]) => {
  const known = couponOf(context, id, 404);
  if (isForced(request)) context.store.remove('coupons', id);
  else if (known.status === 'trash')
    throw new RestError('woocommerce_rest_already_trashed', 'The shop_coupon has already been deleted.', 410);
  else context.store.put('coupons', { ...known, status: 'trash', updatedAt: context.store.stamp() });
  return ok(couponView(context, known));
};

function changed(context: RestContext, known: WooCoupon, fields: z.infer<typeof input>): WooCoupon {
  const { store } = context;
  const code = fields.code?.trim().toLowerCase() ?? known.code;
  for (const other of store.coupons.values())
    if (other.code === code && other.id !== known.id && other.status === 'publish')
      throw new RestError('woocommerce_rest_coupon_code_already_exists', 'The coupon code already exists', 400);
  // Our plugin makes the type known.
  if (fields.discount_type === 'trellis_code' && readPlugin(store) === null)
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): discount_type', 400);
  const kept = <T>(given: T | undefined, now: T): T => (given === undefined ? now : given);
  return {
    ...known,
    code,
    status: kept(fields.status, known.status),
    amount: kept(fields.amount, known.amount),
    discountType: kept(fields.discount_type, known.discountType),
    description: kept(fields.description, known.description),
    expiresAt: expiry(context, fields, known.expiresAt),
    individualUse: kept(fields.individual_use, known.individualUse),
    productIds: kept(fields.product_ids, known.productIds),
    excludedProductIds: kept(fields.excluded_product_ids, known.excludedProductIds),
    usageLimit: kept(fields.usage_limit, known.usageLimit),
    usageLimitPerUser: kept(fields.usage_limit_per_user, known.usageLimitPerUser),
    limitUsageToXItems: kept(fields.limit_usage_to_x_items, known.limitUsageToXItems),
    freeShipping: kept(fields.free_shipping, known.freeShipping),
    productCategories: kept(fields.product_categories, known.productCategories),
    excludedProductCategories: kept(fields.excluded_product_categories, known.excludedProductCategories),
    excludeSaleItems: kept(fields.exclude_sale_items, known.excludeSaleItems),
    minimumAmount: kept(fields.minimum_amount, known.minimumAmount),
    maximumAmount: kept(fields.maximum_amount, known.maximumAmount),
    emailRestrictions: kept(fields.email_restrictions, known.emailRestrictions),
    metaData: mergeMeta(known.metaData, fields.meta_data ?? [], () => store.nextId()),
  };
}

/** The end in the site's time or, by the other field, in GMT; null takes it away. */
function expiry(context: RestContext, fields: z.infer<typeof input>, now: string | null): string | null {
  const gmt = fields.date_expires_gmt;
  const local = fields.date_expires;
  if (gmt === undefined && local === undefined) return now;
  const text = gmt ?? local ?? '';
  if (text === '') return null;
  const plain = text.length === 10 ? `${text}T00:00:00` : text.slice(0, 19);
  const at = momentOfSiteTime(plain, gmt === undefined || gmt === null ? context.store.site.timeZone : 'UTC');
  if (Number.isNaN(at)) throw new RestError('woocommerce_rest_invalid_date', 'Invalid date.', 400);
  return new Date(at).toISOString();
}

export const couponRoutes = routesOf({ path: '/wc/v3/coupons', list: all, read, create, update, remove });
