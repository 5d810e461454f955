/** An order's line as Shopify tells it, of usual size. */
export const usualLine = (ids: { readonly id: number; readonly product_id: number; readonly variant_id: number }) => ({
  ...ids,
  quantity: 1,
  price: '19.99',
  title: 'A product of ordinary name',
  name: 'A product of ordinary name - M',
  sku: 'SKU-1',
  vendor: 'Vendor',
  fulfillment_service: 'manual',
  requires_shipping: true,
  taxable: true,
  gift_card: false,
  total_discount: '0.00',
  properties: [],
  tax_lines: [],
  discount_allocations: [],
});
