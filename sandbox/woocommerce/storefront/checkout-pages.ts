import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { html, type Html } from '../../shopify/admin-shell/html.ts';
import { buy } from '../checkout.ts';
import type { WooCustomer, WooOrder } from '../model.ts';
import { orderOffers } from '../plugin/order-offers.ts';
import { orderPoints } from '../plugin/order-points.ts';
import { readReferral } from '../plugin/referral.ts';
import { readPlugin } from '../plugin/state.ts';
import { noteEntered } from '../plugin/tier-code.ts';
import { checkoutPoints, renderWidgets, rewardsUrl } from '../plugin/widgets.ts';
import { orderTotals } from '../rest/views/order.ts';
import type { WooSide } from '../side.ts';
import { addedTo, priceCart, readCart, readVisitor, shopperOf, withQuantity, writeCart, writeCoupon } from './cart.ts';
import { readCustomer, writeCustomer } from './login.ts';
import { priceText, shopPage } from './layout.ts';
import { plainName } from './names.ts';

const checkout = { classes: 'woocommerce-checkout' } as const;
const count = z.coerce.number().int().catch(0);
const buyer = z.object({
  billing_email: z.email(),
  billing_first_name: z.string().trim().min(1),
  billing_last_name: z.string().trim().min(1),
});

/** Cart, checkout, thank-you and account pages, by plain forms. */
export function checkoutPages(side: WooSide): Hono {
  const { store } = side;
  const app = new Hono();
  const page = (
    c: Context,
    title: string,
    body: Html,
    more: {
      readonly classes?: string;
      readonly head?: string;
      readonly foot?: string;
      readonly status?: 200 | 400;
    } = {},
  ): Response | Promise<Response> => {
    const { status = 200, ...rest } = more;
    const pieces = readCart(c).reduce((sum, line) => sum + line.quantity, 0);
    return c.html(shopPage(side, { title, pieces, body, ...rest }), status);
  };
  const customerOf = (c: Context): WooCustomer | null => readCustomer(c, store);

  app.get('/cart/', (c) => {
    const cart = priceCart(store, readCart(c), shopperOf(store, c));
    const { head, sections, foot } = renderWidgets(side, { template: 'cart', cart, customer: readCustomer(c, store) });
    return page(
      c,
      'Cart',
      html`${cart.turnedAway.map(
          (name) =>
            html`<p class="woocommerce-error" role="alert">Sorry, “${plainName(name)}” cannot be purchased.</p>`,
        )}${{ html: sections }}
        <div class="trellis-cart">${cartBody(side, cart)}</div>`,
      {
        head,
        foot,
        classes: 'woocommerce-cart',
      },
    );
  });
  app.post('/cart/', async (c) => {
    const form = await c.req.parseBody();
    if (form['coupon_code'] !== undefined) {
      const is = typeof form['coupon_code'] === 'string' ? form['coupon_code'] : '';
      noteEntered(store, c, { was: priceCart(store, readCart(c), shopperOf(store, c)).code, is });
      writeCoupon(c, is);
      return c.redirect('/cart/', 303);
    }
    const adding = form['add-to-cart'] !== undefined;
    const productId = count.parse(form['add-to-cart'] ?? form['product_id']);
    const variationId = count.parse(form['variation_id'] ?? 0);
    const lines = readCart(c);
    const line = { productId, variationId, quantity: count.parse(form['quantity'] ?? 1) };
    const known = lines.find((one) => one.productId === productId && one.variationId === variationId);
    writeCart(c, adding ? addedTo(lines, line) : withQuantity(lines, { ...known, ...line }));
    return c.redirect('/cart/', 303);
  });
  app.get('/checkout/', (c) => {
    const cart = priceCart(store, readCart(c), shopperOf(store, c));
    const points = checkoutPoints(side, { cart, customer: customerOf(c) });
    return page(c, 'Checkout', html`${{ html: points }}${checkoutBody(side, cart, customerOf(c), null)}`, checkout);
  });
  app.post('/checkout/', async (c) => {
    const given = buyer.safeParse(await c.req.parseBody());
    const email = given.success ? given.data.billing_email : '';
    const cart = priceCart(store, readCart(c), { ...shopperOf(store, c), email });
    if (!given.success || cart.lines.length === 0) {
      const wrong =
        cart.lines.length === 0 ? 'Your cart is empty.' : 'Please fill in your name and a valid email address.';
      return page(
        c,
        'Checkout',
        checkoutBody(side, priceCart(store, readCart(c), shopperOf(store, c)), customerOf(c), wrong),
        { ...checkout, status: 400 },
      );
    }
    const order = buy(store, {
      lines: cart.lines.map(({ line }) => line),
      email: given.data.billing_email,
      firstName: given.data.billing_first_name,
      lastName: given.data.billing_last_name,
      customerId: customerOf(c)?.id ?? 0,
      couponCode: cart.code,
      visitor: readVisitor(c),
      referral: readReferral(c),
    });
    writeCart(c, []);
    writeCoupon(c, '');
    return c.redirect(`/checkout/order-received/${order.id.toString()}/?key=${order.orderKey}`, 303);
  });
  app.get('/checkout/order-received/:id/', async (c) => {
    const order = store.orders.get(Number(c.req.param('id')));
    if (order === undefined || order.orderKey !== c.req.query('key')) return c.notFound();
    const offers = await orderOffers(side, {
      id: order.id,
      customerId: order.customerId,
      bought: order.lines.map(({ productId }) => productId),
      visitor: readVisitor(c),
    });
    const points = await orderPoints(side, { id: order.id, userId: readCustomer(c, store)?.id ?? 0 });
    return page(c, 'Order received', html`${receivedBody(side, order)} ${points} ${offers}`, {
      classes: 'woocommerce-checkout woocommerce-order-received',
    });
  });
  app.get('/my-account/', (c) => page(c, 'My account', accountBody(side, customerOf(c))));
  app.post('/my-account/', async (c) => {
    const email = (await c.req.parseBody())['username'];
    const customer = typeof email === 'string' ? store.customerByEmail(email) : null;
    writeCustomer(c, customer?.id ?? 0);
    return c.redirect('/my-account/', 303);
  });
  return app;
}

type PricedCart = ReturnType<typeof priceCart>;

function totals(side: WooSide, cart: PricedCart): Html {
  const included = side.store.site.tax === 'inclusive' ? ' (included)' : '';
  return html`<table class="shop_table">
    <tr>
      <th>Subtotal</th>
      <td class="amount">${priceText(side, cart.goods)}</td>
    </tr>
    ${
      cart.couponOff === 0
        ? null
        : html`<tr class="cart-discount">
            <th>Coupon: ${cart.code}</th>
            <td class="amount">-${priceText(side, cart.couponOff)}</td>
          </tr>`
    }
    ${cart.ours.offers.map(
      ({ title, off }) =>
        html`<tr class="cart-discount">
          <th>${title}</th>
          <td class="amount">
            -${priceText(
              side,
              off.reduce((sum, amount) => sum + amount, 0),
            )}
          </td>
        </tr>`,
    )}
    <tr>
      <th>Shipping</th>
      <td class="amount">${cart.shipping === 0 ? 'Free' : priceText(side, cart.shipping)}</td>
    </tr>
    ${
      cart.tax === 0
        ? null
        : html`<tr>
            <th>VAT${included}</th>
            <td class="amount">${priceText(side, cart.tax)}</td>
          </tr>`
    }
    <tr class="order-total">
      <th>Total</th>
      <td class="amount">${priceText(side, cart.total)}</td>
    </tr>
  </table>`;
}

function cartBody(side: WooSide, cart: PricedCart): Html {
  if (cart.lines.length === 0) return html`<p>Your cart is currently empty. <a href="/shop/">Return to shop</a></p>`;
  return html`<table class="shop_table cart">
      <tr>
        <th>Product</th>
        <th>Quantity</th>
        <th class="amount">Subtotal</th>
      </tr>
      ${cart.lines.map(({ line, product, sold, amount }) => {
        const option = 'parentId' in sold ? ` – ${sold.attributes.map((one) => one.option).join(', ')}` : '';
        const id = `quantity-${sold.id.toString()}`;
        return html`<tr>
          <td><a href="/product/${product.slug}/">${plainName(product.name)}${option}</a></td>
          <td>
            <form method="post" action="/cart/">
              <input type="hidden" name="product_id" value="${line.productId}" />
              <input type="hidden" name="variation_id" value="${line.variationId}" />
              <label class="hidden" for="${id}">Quantity</label>
              <input id="${id}" name="quantity" type="number" min="0" max="99" value="${line.quantity}" />
              <button class="button" type="submit">Update</button>
            </form>
          </td>
          <td class="amount">${priceText(side, amount)}</td>
        </tr>`;
      })}
    </table>
    ${cart.refusal === null ? null : html`<p class="woocommerce-error" role="alert">${cart.refusal}</p>`}
    <form method="post" action="/cart/">
      <label class="hidden" for="coupon_code">Coupon</label>
      <input id="coupon_code" name="coupon_code" placeholder="Coupon code" value="${cart.code}" />
      <button class="button" type="submit">Apply coupon</button>
    </form>
    <h2>Cart totals</h2>
    ${totals(side, cart)}
    <p><a class="button alt checkout-button" href="/checkout/">Proceed to checkout</a></p>`;
}

function checkoutBody(side: WooSide, cart: PricedCart, customer: WooCustomer | null, wrong: string | null): Html {
  const field = (name: string, label: string, value: string, type = 'text'): Html =>
    html`<p class="form-row">
      <label for="${name}">${label}</label
      ><input id="${name}" name="${name}" type="${type}" value="${value}" required />
    </p>`;
  return html`${wrong === null ? null : html`<p class="woocommerce-error" role="alert">${wrong}</p>`}
    <form name="checkout" method="post" action="/checkout/">
      <h2>Billing details</h2>
      ${field('billing_first_name', 'First name', customer?.firstName ?? '')}
      ${field('billing_last_name', 'Last name', customer?.lastName ?? '')}
      ${field('billing_email', 'Email address', customer?.email ?? '', 'email')}
      <h2>Your order</h2>
      ${totals(side, cart)}
      <p>Cash on delivery: pay with cash upon delivery.</p>
      <button class="button alt" type="submit" id="place_order">Place order</button>
    </form>`;
}

function receivedBody(side: WooSide, order: WooOrder): Html {
  return html`<p class="woocommerce-thankyou-order-received">Thank you. Your order has been received.</p>
    <table class="shop_table order_details">
      <tr>
        <th>Order number</th>
        <td>${order.id}</td>
      </tr>
      <tr>
        <th>Email</th>
        <td>${order.billing.email ?? ''}</td>
      </tr>
      ${order.lines.map(
        (line) =>
          html`<tr>
            <th>${plainName(line.name)} × ${line.quantity}</th>
            <td class="amount">${priceText(side, line.total + line.totalTax)}</td>
          </tr>`,
      )}
      <tr>
        <th>Total</th>
        <td class="amount">${priceText(side, orderTotals(order).total)}</td>
      </tr>
    </table>`;
}

function accountBody(side: WooSide, customer: WooCustomer | null): Html {
  if (customer === null)
    return html`<p>Log in with the address of any customer; this pretend store asks for no password.</p>
      <form method="post" action="/my-account/">
        <p class="form-row">
          <label for="username">Email address</label><input id="username" name="username" type="email" required />
        </p>
        <button class="button alt" type="submit">Log in</button>
      </form>`;
  const orders = side.store.ordersOf(customer.id).toReversed();
  const rewards = readPlugin(side.store)?.storefront?.['earn']
    ? html`<p><a href="${rewardsUrl}">Your rewards</a></p>`
    : null;
  return html`<p>Hello ${customer.firstName} ${customer.lastName}</p>
    ${rewards}
    <form method="post" action="/my-account/"><button class="button" type="submit">Log out</button></form>
    <h2>Orders</h2>
    <table>
      <tr>
        <th>Order</th>
        <th>Date</th>
        <th>Status</th>
        <th class="amount">Total</th>
      </tr>
      ${orders.map(
        (order) =>
          html`<tr>
            <td>#${order.id}</td>
            <td>${order.createdAt.slice(0, 10)}</td>
            <td>${order.status}</td>
            <td class="amount">${priceText(side, orderTotals(order).total)}</td>
          </tr>`,
      )}
    </table>`;
}
