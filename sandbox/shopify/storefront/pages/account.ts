import { join } from 'node:path';
import { Hono } from 'hono';
import { toHundredths } from '../liquid/money-format.ts';
import { readLocales, translate } from '../liquid/translate.ts';
import { renderPage, type Storefront, themeFolder } from '../page.ts';
import { customerOf, formText, languageOf, logIn, logOut } from '../visit.ts';

/** The account: log in by picking a customer (there are no passwords here), past orders. */
export function accountPages(front: Storefront): Hono {
  const { store } = front.deps;
  const app = new Hono();
  const known = (): { email: string | null; name: string }[] =>
    [...store.customers.values()]
      .slice(0, 50)
      .map((customer) => ({ email: customer.email, name: `${customer.firstName} ${customer.lastName}` }));

  app.get('/account', (c) => {
    const customer = customerOf(c, store);
    const orders = customer ? store.ordersOfCustomer(customer.id).slice(0, 50) : [];
    return renderPage(front, c, {
      template: 'account',
      data: {
        customers: customer ? [] : known(),
        orders: orders.map((order) => ({
          id: order.id,
          name: order.name,
          created_at: order.createdAt,
          total: toHundredths(order.total),
        })),
      },
    });
  });
  app.post('/account/login', async (c) => {
    const form = await c.req.parseBody();
    const customer = store.customerByEmail(formText(form['email']));
    if (!customer) {
      const message = translate(readLocales(join(themeFolder, 'locales')), languageOf(c), 'account.unknown', {});
      return renderPage(front, c, { template: 'account', status: 422, data: { customers: known(), message } });
    }
    logIn(c, customer.id);
    return c.redirect('/account', 303);
  });
  app.post('/account/logout', (c) => {
    logOut(c);
    return c.redirect('/', 303);
  });
  return app;
}
