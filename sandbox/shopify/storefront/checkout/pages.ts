import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { SandboxOrder } from '../../model.ts';
import { variantData, type StorefrontEvent } from '../cart/cart.ts';
import type { PricedCart } from '../cart/priced-cart.ts';
import { minorToHundredths, toHundredths } from '../liquid/money-format.ts';
import { readLocales, translate } from '../liquid/translate.ts';
import { pricedCartOf, renderPage, type Storefront, themeFolder } from '../page.ts';
import { customerOf, forgetCart, knownCart, languageOf } from '../visit.ts';
import { isShort } from '../transform/order-lines.ts';
import { checkCart } from './check-cart.ts';
import { checkoutFrame, extensionFrame, extensionPages } from './extension-page.ts';
import { permalinks } from './permalink.ts';
import { checkoutTotals, orderDraft } from './totals.ts';

const text = z.string().trim().min(1).max(200);
const checkoutForm = z.object({
  email: z.email(),
  first_name: text,
  last_name: text,
  address: text,
  zip: text,
  city: text,
  card: text,
});

/** Checkout on one page with the Bogus gateway, thank-you page and order status page. */
export function checkoutPages(front: Storefront): Hono {
  const { store } = front.deps;
  const app = new Hono();

  const show = async (
    c: Context,
    priced: PricedCart,
    contact: Record<string, unknown>,
    problem?: string,
  ): Promise<Response> => {
    const message = problem && translate(readLocales(join(themeFolder, 'locales')), languageOf(c), problem, {});
    return renderPage(front, c, {
      template: 'checkout',
      ...(problem ? { status: 422 as const } : {}),
      data: {
        ...summary(priced),
        contact,
        message,
        rules: await checkCart(front.deps, priced),
        checkout_extension: checkoutFrame(front),
      },
      events: problem ? [] : [{ name: 'checkout_started', data: checkoutData(priced, priced.cart.token) }],
    });
  };

  /** orders by the token of the cart that they were */
  const placed = new Map<string, string>();
  /** told once, on the first page after payment */
  const purchases = new Map<string, StorefrontEvent>();

  app.get('/checkout', async (c) => {
    const priced = await pricedCartOf(front, c);
    if (priced.lines.length === 0) return c.redirect('/cart', 303);
    const customer = customerOf(c, store);
    return show(c, priced, {
      email: customer?.email ?? '',
      first_name: customer?.firstName ?? '',
      last_name: customer?.lastName ?? '',
    });
  });

  app.post('/checkout', async (c) => {
    const form = await c.req.parseBody();
    const priced = await pricedCartOf(front, c);
    const broken = await checkCart(front.deps, priced);
    const cart = knownCart(c, front.carts);
    // The same form sent twice, perhaps at the same moment: nothing below waits, so one of them comes second.
    const earlier = placed.get(cart?.token ?? '');
    if (earlier !== undefined) return c.redirect(`/thank-you/${earlier}`, 303);
    if (!cart || priced.lines.length === 0) return c.redirect('/cart', 303);
    if (broken.length > 0) return show(c, priced, form, 'checkout.rules');
    const parsed = checkoutForm.safeParse(form);
    if (!parsed.success) return show(c, priced, form, 'checkout.incomplete');
    if (parsed.data.card !== '1') return show(c, priced, form, 'checkout.declined');
    if (isShort(priced)) return show(c, priced, form, 'checkout.stock');
    const { email, first_name: firstName, last_name: lastName, address: address1, zip, city } = parsed.data;
    const customer =
      customerOf(c, store) ??
      store.customerByEmail(email) ??
      store.createCustomer({ email, firstName, lastName, locale: languageOf(c) });
    const address = { name: `${firstName} ${lastName}`, address1, zip, city, phone: null };
    const order = store.placeOrder(
      orderDraft(priced, { customerId: customer.id, email, address }, () => store.nextId()),
    );
    purchases.set(order.id, { name: 'checkout_completed', data: checkoutData(priced, cart.token, order.id) });
    placed.set(cart.token, order.id);
    cart.lines.splice(0);
    forgetCart(c);
    return c.redirect(`/thank-you/${order.id}`, 303);
  });

  app.get('/thank-you/:id', (c) => orderPage(c, true));
  app.get('/orders/:id', (c) => orderPage(c, false));

  // On Shopify these pages carry a secret in their address; here an order is shown to its owner, or right after it
  // was placed.
  const maySee = (order: SandboxOrder, customerId: string | null): boolean =>
    store.now().getTime() - Date.parse(order.createdAt) < 3_600_000 ||
    (customerId !== null && customerId === order.customerId);
  app.route('/', permalinks(front));
  app.route('/', extensionPages(front, maySee));

  const orderPage = (c: Context, thanks: boolean): Promise<Response> => {
    const order = store.orders.get(c.req.param('id') ?? '');
    if (!order || !maySee(order, customerOf(c, store)?.id ?? null))
      return renderPage(front, c, { template: '404', status: 404 });
    const told = purchases.get(order.id);
    if (thanks) purchases.delete(order.id);
    return renderPage(front, c, {
      template: 'order',
      title: order.name,
      data: {
        ...orderData(front, order, thanks),
        checkout_extension: extensionFrame(front, order, thanks ? 'thank-you' : 'order-status'),
      },
      events: thanks && told ? [told] : [],
    });
  };
  return app;
}

function summary(priced: PricedCart): Record<string, unknown> {
  const liquid = (minor: number): number => minorToHundredths(minor, priced.currency);
  const totals = checkoutTotals(priced);
  return {
    lines: priced.lines.map((line) => ({
      title:
        line.variant.title === 'Default Title' ? line.product.title : `${line.product.title} · ${line.variant.title}`,
      image: line.product.imageUrl,
      quantity: line.quantity,
      original: liquid(line.unitPrice * line.quantity),
      final: liquid(line.unitPrice * line.quantity - line.discount),
      allocations: line.allocations.map((allocation) => ({
        title: allocation.title,
        amount: liquid(allocation.amount),
      })),
    })),
    totals: {
      subtotal: liquid(totals.subtotal + priced.orderDiscounts.reduce((sum, discount) => sum + discount.amount, 0)),
      shipping: liquid(totals.shipping),
      total: liquid(totals.total),
      saved: liquid(totals.saved),
    },
    order_discounts: priced.orderDiscounts.map((discount) => ({
      title: discount.title,
      amount: liquid(discount.amount),
    })),
  };
}

function orderData(front: Storefront, order: SandboxOrder, thanks: boolean): Record<string, unknown> {
  const customer = front.deps.store.customers.get(order.customerId ?? '');
  const classOf = (index: number): string | undefined => order.discountApplications[index]?.targetClass;
  const orderDiscounts = order.discountApplications.flatMap((application, index) => {
    if (application.targetClass !== 'ORDER') return [];
    const allocated = order.lines
      .flatMap((line) => line.discountAllocations)
      .filter((each) => each.applicationIndex === index);
    return [{ title: application.title, amount: allocated.reduce((sum, each) => sum + toHundredths(each.amount), 0) }];
  });
  return {
    thanks,
    order: {
      id: order.id,
      name: order.name,
      email: order.email,
      created_at: order.createdAt,
      cancelled: order.cancelledAt !== null,
      refunded: toHundredths(order.totalRefunded),
      first_name: customer?.firstName ?? '',
    },
    lines: order.lines.map((line) => {
      const own = line.discountAllocations.filter((allocation) => classOf(allocation.applicationIndex) === 'PRODUCT');
      const original = toHundredths(line.price) * line.quantity;
      return {
        title: line.title,
        quantity: line.quantity,
        original,
        image: front.deps.store.products.get(line.productId ?? '')?.imageUrl ?? null,
        final: original - own.reduce((sum, allocation) => sum + toHundredths(allocation.amount), 0),
        allocations: own.map((allocation) => ({
          title: order.discountApplications[allocation.applicationIndex]?.title ?? '',
          amount: toHundredths(allocation.amount),
        })),
      };
    }),
    totals: {
      subtotal: toHundredths(order.subtotal) + orderDiscounts.reduce((sum, discount) => sum + discount.amount, 0),
      shipping: toHundredths(order.totalShipping),
      total: toHundredths(order.total),
      saved: toHundredths(order.totalDiscounts),
    },
    order_discounts: orderDiscounts,
  };
}

function checkoutData(priced: PricedCart, token: string, orderId?: string): Record<string, unknown> {
  return {
    checkout: {
      token,
      ...(orderId === undefined ? {} : { order: { id: orderId } }),
      lineItems: priced.lines.map((line) => ({
        quantity: line.quantity,
        title: line.product.title,
        variant: variantData(line),
      })),
    },
  };
}
