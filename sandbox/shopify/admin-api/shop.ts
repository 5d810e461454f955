import type { SandboxInstallation, SandboxPixel, SandboxShop } from '../model.ts';
import { inOrder } from './connections.ts';
import type { AdminContext, Arguments, Listers, Resolvers } from './context.ts';
import { apiError, gid, refused, type Problem } from './values.ts';
import { isAbsent } from '../absent.ts';
import { plusPlan } from '../shop-model.ts';
import { moneyFormat } from '../storefront/liquid/money-format.ts';

export const shopResolvers: Resolvers<SandboxShop> = {
  'Shop.id': (shop) => gid('Shop', shop.id),
  'Shop.myshopifyDomain': (shop) => shop.domain,
  'Shop.contactEmail': (shop) => shop.email,
  'Shop.currencyCode': (shop) => shop.currency,
  'Shop.enabledPresentmentCurrencies': (shop) => [shop.currency],
  'Shop.ianaTimezone': (shop) => shop.timeZone,
  'Shop.url': (shop) => `https://${shop.domain}`,
  'Shop.primaryDomain': (shop, _args, context) => ({
    id: gid('Domain', shop.id),
    host: new URL(addressOf(context)).host,
    url: addressOf(context),
    sslEnabled: context.sandboxUrl.startsWith('https:'),
  }),
  'Shop.currencyFormats': (shop) => ({
    moneyFormat: moneyFormat(shop.currency),
    moneyInEmailsFormat: moneyFormat(shop.currency),
    moneyWithCurrencyFormat: `${moneyFormat(shop.currency)} ${shop.currency}`,
    moneyWithCurrencyInEmailsFormat: `${moneyFormat(shop.currency)} ${shop.currency}`,
  }),
  'Shop.taxesIncluded': (shop) => shop.taxesIncluded ?? true,
  'Shop.weightUnit': () => 'KILOGRAMS',
  'Shop.unitSystem': () => 'METRIC_SYSTEM',
  'Shop.plan': (shop) => ({
    displayName: shop.planName,
    publicDisplayName: shop.planName.charAt(0).toUpperCase() + shop.planName.slice(1),
    partnerDevelopment: true,
    shopifyPlus: shop.planName === plusPlan,
  }),
  'Shop.features': (shop) => {
    // Stores without an online checkout of their own can neither sell bundles nor run Functions.
    const eligible = shop.planName !== 'starter';
    return {
      bundles: {
        eligibleForBundles: eligible,
        ineligibilityReason: eligible ? null : 'bundles_not_available_on_plan',
        sellsBundles: false,
      },
      cartTransform: {
        eligibleOperations: { expandOperation: eligible, mergeOperation: eligible, updateOperation: eligible },
      },
    };
  },
};

/** Where this store's shoppers really are: under the name that `npm start` shows. */
const addressOf = ({ sandboxUrl }: AdminContext): string => sandboxUrl.replace('//127.0.0.1', '//localhost');

export const installationResolvers: Resolvers<SandboxInstallation> = {
  'AppInstallation.id': (installation) => gid('AppInstallation', installation.id),
  'AppInstallation.accessScopes': (installation) =>
    installation.scopes.map((handle) => ({ handle, description: handle.replaceAll('_', ' ') })),
  'AppInstallation.launchUrl': (_installation, _args, context) => context.appUrl,
  'AppInstallation.uninstallUrl': () => null,
  'AppInstallation.activeSubscriptions': () => [],
  'AppInstallation.app': (_installation, _args, context) => app(context),
};

const app = (context: AdminContext) => ({
  id: gid('App', context.store.shop.id.slice(-6)),
  apiKey: context.apiKey,
  handle: 'trellis',
  title: 'Trellis',
  embedded: true,
});

export const shopQueries: Resolvers<unknown> = {
  'QueryRoot.shop': (_source, _args, context) => context.store.shop,
  'QueryRoot.currentAppInstallation': (_source, _args, context) => context.store.installation,
  'QueryRoot.appInstallation': (_source, args, context) =>
    isAbsent(args['id']) || args['id'] === gid('AppInstallation', context.store.installation?.id ?? '')
      ? context.store.installation
      : null,
  'QueryRoot.webPixel': (_source, args, context) => {
    const pixel = context.store.pixel;
    if (pixel === null || (!isAbsent(args['id']) && args['id'] !== pixel.id))
      throw apiError('RESOURCE_NOT_FOUND', 'No web pixel was found for this app.');
    return pixel;
  },
};

export const pixelResolvers: Resolvers<SandboxPixel> = {
  'WebPixel.settings': (pixel) => JSON.parse(pixel.settings) as unknown,
};

/** The settings as JSON text, or what is wrong with them. Shopify takes an object or its text. */
function pixelSettings(context: AdminContext, args: Arguments): { text: string } | { problem: Problem } {
  const problem = (code: string, message: string) => ({ problem: { field: ['settings'], code, message } });
  const known = context.extensions().pixelSettings;
  if (known === null) return { problem: { field: null, code: 'NO_EXTENSION', message: 'No extension found.' } };
  let settings: unknown = (args['webPixel'] as { settings: unknown }).settings;
  if (typeof settings === 'string') {
    try {
      settings = JSON.parse(settings);
    } catch {
      return problem('INVALID_CONFIGURATION_JSON', 'The configuration is not valid JSON.');
    }
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    return problem('INVALID_SETTINGS', 'Settings must be an object.');
  const given = Object.keys(settings);
  const unknown = given.find((key) => !known.includes(key));
  if (unknown !== undefined) return problem('INVALID_SETTINGS', `Unknown setting: ${unknown}.`);
  const absent = known.find((key) => !given.includes(key));
  if (absent !== undefined) return problem('INVALID_SETTINGS', `Missing setting: ${absent}.`);
  if (Object.values(settings).some((value) => typeof value !== 'string' || value === ''))
    return problem('INVALID_SETTINGS', 'Each setting must be text of at least 1 character.');
  return { text: JSON.stringify(settings) };
}

function requireEvents(context: AdminContext): void {
  if (!context.scopes.has('read_customer_events'))
    throw apiError(
      'ACCESS_DENIED',
      'Access denied. Required access: `write_pixels` access scope. Also: The app requires read_customer_events access scope.',
    );
}

export const pixelMutations: Resolvers<unknown> = {
  'Mutation.webPixelCreate': (_source, args, context) => {
    requireEvents(context);
    if (context.store.pixel !== null)
      return refused([{ field: null, code: 'TAKEN', message: 'Web pixel is taken.' }], { webPixel: null });
    const settings = pixelSettings(context, args);
    if ('problem' in settings) return refused([settings.problem], { webPixel: null });
    context.store.setPixel({ id: gid('WebPixel', context.store.nextId()), settings: settings.text });
    return { webPixel: context.store.pixel, userErrors: [] };
  },
  'Mutation.webPixelUpdate': (_source, args, context) => {
    requireEvents(context);
    const pixel = context.store.pixel;
    if (pixel === null || pixel.id !== args['id'])
      return refused([{ field: ['id'], code: 'NOT_FOUND', message: 'Web pixel was not found.' }], { webPixel: null });
    const settings = pixelSettings(context, args);
    if ('problem' in settings) return refused([settings.problem], { webPixel: null });
    context.store.setPixel({ id: pixel.id, settings: settings.text });
    return { webPixel: context.store.pixel, userErrors: [] };
  },
  'Mutation.webPixelDelete': (_source, args, context) => {
    const pixel = context.store.pixel;
    if (pixel === null || pixel.id !== args['id'])
      return refused([{ field: ['id'], code: 'NOT_FOUND', message: 'Web pixel was not found.' }], {
        deletedWebPixelId: null,
      });
    context.store.setPixel(null);
    return { deletedWebPixelId: pixel.id, userErrors: [] };
  },
};

export const functionResolvers: Resolvers<{ id: string }> = {
  'ShopifyFunction.app': (_source, _args, context) => app(context),
  'ShopifyFunction.appKey': (_source, _args, context) => context.apiKey,
  'ShopifyFunction.useCreationUi': () => false,
  'ShopifyFunction.description': () => null,
  'ShopifyFunction.inputQuery': () => null,
};

export const functionLists: Listers<unknown> = {
  'QueryRoot.shopifyFunctions': (_source, args, context) =>
    inOrder(
      context
        .extensions()
        .functions.filter((candidate) => isAbsent(args['apiType']) || candidate.apiType === args['apiType']),
      (candidate) => candidate.id,
    ),
};
