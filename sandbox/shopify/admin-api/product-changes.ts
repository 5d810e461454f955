import type { SandboxProduct, SandboxVariant } from '../model.ts';
import { toMinor, toText } from '../money.ts';
import type { AdminContext, Resolvers } from './context.ts';
import { variantNode } from './products.ts';
import { idIn, refused } from './values.ts';

const productOf = (context: AdminContext, id: unknown): SandboxProduct | null =>
  context.store.products.get(idIn(id, 'Product') ?? '') ?? null;

const gone = (rest: Readonly<Record<string, unknown>>, field: readonly string[] = ['id']) =>
  refused([{ field, message: 'Product does not exist', code: 'PRODUCT_DOES_NOT_EXIST' }], rest);

interface VariantInput {
  readonly id?: string;
  readonly price?: string | number | null;
  readonly compareAtPrice?: string | number | null;
}

/** What of products an app may change here: title, status, prices, and their end. */
export const productMutations: Resolvers<unknown> = {
  'Mutation.productUpdate': (_source, args, context) => {
    const input = args['product'] as { id?: string; title?: string; status?: SandboxProduct['status'] };
    const known = productOf(context, input.id);
    if (known === null) return gone({ product: null });
    const product = context.store.put('products', {
      ...known,
      title: input.title ?? known.title,
      status: input.status ?? known.status,
    });
    return { product, userErrors: [] };
  },
  'Mutation.productVariantsBulkUpdate': (_source, args, context) => {
    const known = productOf(context, args['productId']);
    if (known === null) return gone({ product: null, productVariants: null }, ['productId']);
    const inputs = args['variants'] as readonly VariantInput[];
    const { currency } = context.store.shop;
    const text = (value: string | number): string => toText(toMinor(String(value), currency), currency);
    const byId = new Map(inputs.map((input) => [idIn(input.id, 'ProductVariant'), input]));
    const unknown = [...byId.keys()].findIndex((id) => !known.variants.some((variant) => variant.id === id));
    if (unknown >= 0)
      return refused(
        [
          {
            field: ['variants', unknown.toString(), 'id'],
            message: 'Product variant does not exist',
            code: 'PRODUCT_VARIANT_DOES_NOT_EXIST',
          },
        ],
        { product: null, productVariants: null },
      );
    const change = (variant: SandboxVariant): SandboxVariant => {
      const input = byId.get(variant.id);
      if (input === undefined) return variant;
      return {
        ...variant,
        price: input.price === undefined || input.price === null ? variant.price : text(input.price),
        compareAtPrice:
          input.compareAtPrice === undefined
            ? variant.compareAtPrice
            : input.compareAtPrice === null
              ? null
              : text(input.compareAtPrice),
      };
    };
    const product = context.store.put('products', { ...known, variants: known.variants.map(change) });
    return {
      product,
      productVariants: product.variants.map((variant) => variantNode(product, variant)),
      userErrors: [],
    };
  },
  'Mutation.productDelete': (_source, args, context) => {
    const { id } = args['input'] as { id: string };
    const known = productOf(context, id);
    if (known === null) return gone({ deletedProductId: null });
    context.store.remove('products', known.id);
    return { deletedProductId: id, userErrors: [] };
  },
};
