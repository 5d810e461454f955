import type { SandboxBulkOperation } from '../admin-store.ts';
import type { SandboxProduct, SandboxShop, SandboxVariant } from '../model.ts';
import type { PayloadValue } from './payload-json.ts';

type Payload = { readonly [key: string]: PayloadValue };

/** products/create and products/update; full variants for the first 100 only, then their ids. */
export function productPayload(product: SandboxProduct, sandboxUrl: string): Payload {
  const image =
    product.imageUrl === null
      ? null
      : {
          id: BigInt(product.id) + 1n,
          admin_graphql_api_id: `gid://shopify/ProductImage/${product.id}`,
          alt: product.title,
          created_at: product.createdAt,
          updated_at: product.updatedAt,
          width: 800,
          height: 800,
          position: 1,
          product_id: BigInt(product.id),
          src: sandboxUrl + product.imageUrl,
          variant_ids: [],
        };
  return {
    id: BigInt(product.id),
    admin_graphql_api_id: `gid://shopify/Product/${product.id}`,
    title: product.title,
    body_html: product.descriptionHtml,
    handle: product.handle,
    product_type: product.productType,
    vendor: product.vendor,
    tags: product.tags.join(', '),
    status: product.status.toLowerCase(),
    published_at: product.publishedAt,
    published_scope: 'global',
    template_suffix: null,
    category: null,
    has_variants_that_requires_components: false,
    created_at: product.createdAt,
    updated_at: product.updatedAt,
    image,
    images: image === null ? [] : [image],
    media: [],
    options: [
      {
        id: BigInt(product.id) + 2n,
        name: product.variants.length > 1 ? 'Size' : 'Title',
        position: 1,
        product_id: BigInt(product.id),
        values: product.variants.map((variant) => variant.title),
      },
    ],
    variants: product.variants.slice(0, 100).map((variant) => ({
      id: BigInt(variant.id),
      admin_graphql_api_id: `gid://shopify/ProductVariant/${variant.id}`,
      product_id: BigInt(product.id),
      title: variant.title,
      option1: variant.title,
      option2: null,
      option3: null,
      sku: variant.sku,
      barcode: null,
      price: variant.price,
      compare_at_price: variant.compareAtPrice,
      position: variant.position,
      taxable: true,
      inventory_item_id: BigInt(variant.inventoryItemId),
      inventory_policy: variant.inventoryPolicy.toLowerCase(),
      inventory_quantity: variant.inventoryQuantity,
      old_inventory_quantity: variant.inventoryQuantity,
      image_id: null,
      created_at: product.createdAt,
      updated_at: product.updatedAt,
    })),
    variant_gids: product.variants.map((variant) => ({
      admin_graphql_api_id: `gid://shopify/ProductVariant/${variant.id}`,
      updated_at: product.updatedAt,
    })),
  };
}

const locationId = 655_441_491n;

export const inventoryLevelPayload = (variant: SandboxVariant, at: string): Payload => ({
  inventory_item_id: BigInt(variant.inventoryItemId),
  location_id: locationId,
  available: variant.inventoryQuantity,
  updated_at: at,
  admin_graphql_api_id: `gid://shopify/InventoryLevel/${locationId.toString()}?inventory_item_id=${variant.inventoryItemId}`,
});

export const inventoryItemPayload = (product: SandboxProduct, variant: SandboxVariant): Payload => ({
  id: BigInt(variant.inventoryItemId),
  admin_graphql_api_id: `gid://shopify/InventoryItem/${variant.inventoryItemId}`,
  cost: variant.unitCost,
  sku: variant.sku,
  tracked: variant.tracked,
  requires_shipping: true,
  created_at: product.createdAt,
  updated_at: product.updatedAt,
  country_code_of_origin: null,
  country_harmonized_system_codes: [],
  harmonized_system_code: null,
  province_code_of_origin: null,
  weight_unit: 'kilograms',
  weight_value: 1,
});

/** shop/update and app/uninstalled. */
export function shopPayload(shop: SandboxShop, at: string): Payload {
  return {
    id: BigInt(shop.id),
    name: shop.name,
    email: shop.email,
    customer_email: shop.email,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    currency: shop.currency,
    enabled_presentment_currencies: [shop.currency],
    iana_timezone: shop.timeZone,
    timezone: shop.timeZone,
    plan_name: shop.planName,
    plan_display_name: shop.planName,
    shop_owner: 'Store Owner',
    phone: '+49301234567',
    address1: 'Lindenstrasse 1',
    address2: null,
    city: 'Berlin',
    zip: '10969',
    province: 'Berlin',
    province_code: 'BE',
    country: 'DE',
    country_code: 'DE',
    country_name: 'Germany',
    latitude: 52.5,
    longitude: 13.4,
    created_at: at,
    updated_at: at,
    primary_locale: 'en',
    primary_location_id: locationId,
    source: null,
    taxes_included: shop.taxesIncluded ?? true,
    tax_shipping: null,
    county_taxes: true,
    auto_configure_tax_inclusivity: false,
    checkout_api_supported: true,
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    has_discounts: true,
    has_gift_cards: false,
    finances: true,
    setup_required: false,
    pre_launch_enabled: false,
    multi_location_enabled: false,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
    weight_unit: 'kg',
    money_format: '{{amount}}',
    money_in_emails_format: '{{amount}}',
    money_with_currency_format: `{{amount}} ${shop.currency}`,
    money_with_currency_in_emails_format: `{{amount}} ${shop.currency}`,
  };
}

export const bulkPayload = (operation: SandboxBulkOperation): Payload => ({
  admin_graphql_api_id: `gid://shopify/BulkOperation/${operation.id}`,
  created_at: operation.createdAt,
  completed_at: operation.completedAt ?? operation.createdAt,
  error_code: operation.errorCode?.toLowerCase() ?? null,
  status: operation.status.toLowerCase(),
  type: 'query',
});
