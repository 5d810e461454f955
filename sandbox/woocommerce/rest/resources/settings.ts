import { ok, RestError, type RestAnswer } from '../answer.ts';
import type { RestContext, RestRequest } from '../request.ts';
import { symbolOf } from '../views/order.ts';
import type { Handler, Route } from './route.ts';

interface Setting {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly value: string;
  readonly default: string;
}

const setting = (id: string, label: string, type: string, value: string, fallback: string): Setting => ({
  id,
  label,
  type,
  value,
  default: fallback,
});

/** The settings that a shop's currency, place and taxes are read from. */
function settingsOf(context: RestContext, group: string): Setting[] {
  const { site } = context.store;
  const yes = (flag: boolean): string => (flag ? 'yes' : 'no');
  if (group === 'general')
    return [
      setting('woocommerce_store_address', 'Address line 1', 'text', '1 Main Street', ''),
      setting('woocommerce_store_city', 'City', 'text', 'Kiel', ''),
      setting('woocommerce_default_country', 'Country / State', 'select', site.country, 'US:CA'),
      setting('woocommerce_store_postcode', 'Postcode / ZIP', 'text', '24103', ''),
      setting('woocommerce_calc_taxes', 'Enable taxes', 'checkbox', yes(site.tax !== 'none'), 'no'),
      setting('woocommerce_enable_coupons', 'Enable coupons', 'checkbox', 'yes', 'yes'),
      setting('woocommerce_currency', 'Currency', 'select', site.currency, 'USD'),
      setting('woocommerce_currency_pos', 'Currency position', 'select', 'left', 'left'),
      setting('woocommerce_price_thousand_sep', 'Thousand separator', 'text', ',', ','),
      setting('woocommerce_price_decimal_sep', 'Decimal separator', 'text', '.', '.'),
      setting('woocommerce_price_num_decimals', 'Number of decimals', 'number', site.decimals.toString(), '2'),
    ];
  if (group === 'tax')
    return [
      setting(
        'woocommerce_prices_include_tax',
        'Prices entered with tax',
        'radio',
        yes(site.tax === 'inclusive'),
        'no',
      ),
      setting('woocommerce_tax_based_on', 'Calculate tax based on', 'select', 'shipping', 'shipping'),
      setting('woocommerce_tax_round_at_subtotal', 'Rounding', 'checkbox', 'no', 'no'),
      setting(
        'woocommerce_tax_display_shop',
        'Display prices in the shop',
        'select',
        site.tax === 'inclusive' ? 'incl' : 'excl',
        'excl',
      ),
      setting(
        'woocommerce_tax_display_cart',
        'Display prices during cart and checkout',
        'select',
        site.tax === 'inclusive' ? 'incl' : 'excl',
        'excl',
      ),
    ];
  throw new RestError('rest_setting_setting_group_invalid', 'Invalid setting group.', 404);
}

const view = (context: RestContext, group: string, one: Setting) => ({
  ...one,
  description: '',
  tip: '',
  group_id: group,
  _links: {
    self: [{ href: context.restUrl(`/wc/v3/settings/${group}/${one.id}`) }],
    collection: [{ href: context.restUrl(`/wc/v3/settings/${group}`) }],
  },
});

function settings(context: RestContext, group: string, id: string | null): RestAnswer {
  const all = settingsOf(context, group);
  if (id === null) return ok(all.map((one) => view(context, group, one)));
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw new RestError('rest_setting_setting_invalid', 'Invalid setting.', 404);
  return ok(view(context, group, found));
}

const groups = ['general', 'tax'] as const;
const names = groups.flatMap((group) => ({ group, path: `/wc/v3/settings/${group}` }));

const taxRates: Handler = (context) => {
  const { site } = context.store;
  if (site.tax === 'none') return ok([], { 'x-wp-total': '0', 'x-wp-totalpages': '0' });
  return ok(
    [
      {
        id: 1,
        country: site.country,
        state: '',
        postcode: '',
        city: '',
        rate: site.taxRate.toFixed(4),
        name: 'VAT',
        priority: 1,
        compound: false,
        shipping: true,
        order: 1,
        class: 'standard',
        postcodes: [],
        cities: [],
      },
    ],
    { 'x-wp-total': '1', 'x-wp-totalpages': '1' },
  );
};

/** The part of the system status that says which versions run and how orders are kept. */
const systemStatus: Handler = (context, request: RestRequest) => {
  const { site } = context.store;
  const parts = {
    environment: {
      home_url: context.siteUrl(),
      site_url: context.siteUrl(),
      version: '11.0.1',
      wp_version: '7.0.4',
      wp_multisite: false,
      wp_memory_limit: 268_435_456,
      wp_debug_mode: false,
      wp_cron: true,
      language: 'en_US',
      external_object_cache: null,
      server_info: 'sandbox',
      php_version: '8.2.29',
      default_timezone: 'UTC',
    },
    database: { wc_database_version: '11.0.1', database_prefix: 'wp_' },
    active_plugins: [
      {
        plugin: 'woocommerce/woocommerce.php',
        name: 'WooCommerce',
        version: '11.0.1',
        version_latest: '11.0.1',
        url: 'https://woocommerce.com/',
        author_name: 'Automattic',
        author_url: 'https://woocommerce.com',
        network_activated: false,
      },
    ],
    theme: {
      name: 'Storefront',
      version: '4.6.1',
      is_child_theme: false,
      has_woocommerce_support: true,
      is_block_theme: false,
    },
    settings: {
      api_enabled: false,
      force_ssl: false,
      currency: site.currency,
      currency_symbol: symbolOf(site.currency),
      currency_position: 'left',
      thousand_separator: ',',
      decimal_separator: '.',
      number_of_decimals: site.decimals,
      HPOS_enabled: true,
      HPOS_sync_enabled: false,
      order_datastore: 'Automattic\\WooCommerce\\Internal\\DataStores\\Orders\\OrdersTableDataStore',
    },
    security: { secure_connection: context.siteUrl().startsWith('https://'), hide_errors: true },
    pages: [],
  };
  return ok({ ...parts, _links: { self: [{ href: context.restUrl(request.path) }] } });
};

const currency: Handler = (context) => {
  const code = context.store.site.currency;
  const name = new Intl.DisplayNames('en', { type: 'currency' }).of(code) ?? code;
  return ok({ code, name, symbol: symbolOf(code) });
};

export const settingRoutes: readonly Route[] = [
  ...names.map(({ group, path }): Route => ({ path, methods: { GET: (context) => settings(context, group, null) } })),
  ...names.map(({ group, path }): Route => ({
    path: `${path}/[a-z_]+`,
    methods: { GET: (context, request) => settings(context, group, request.path.split('/').at(-1) ?? '') },
  })),
  {
    path: '/wc/v3/settings',
    methods: { GET: () => ok(groups.map((id) => ({ id, label: id, description: '', parent_id: '', sub_groups: [] }))) },
  },
  { path: '/wc/v3/taxes', methods: { GET: taxRates } },
  { path: '/wc/v3/system_status', methods: { GET: systemStatus } },
  { path: '/wc/v3/data/currencies/current', methods: { GET: currency } },
];
