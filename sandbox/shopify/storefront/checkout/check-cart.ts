import { graphql } from 'graphql';
import { z } from 'zod';
import { readFunctionFiles } from '../../function-files.ts';
import type { SandboxStore } from '../../model.ts';
import { readSchema } from '../../schema/read-schema.ts';
import type { PricedCart } from '../cart/priced-cart.ts';
import { metafieldOf } from './function-input.ts';
import { runFunction } from './run-function.ts';

const answer = z.object({
  operations: z.array(
    z.object({ validationAdd: z.object({ errors: z.array(z.object({ message: z.string(), target: z.string() })) }) }),
  ),
});

/**
 * What the store's checkout rules have against a cart, in the shopper's language. A rule that fails counts where the
 * merchant wants it to (`blockOnFailure`), as on Shopify.
 */
export async function checkCart(
  { store, extensionsFolder }: { readonly store: SandboxStore; readonly extensionsFolder: string },
  priced: PricedCart,
): Promise<string[]> {
  const problems: string[] = [];
  const rules = store.installation === null ? [] : [...store.validations.values()].filter(({ enabled }) => enabled);
  for (const rule of rules) {
    try {
      const files = await readFunctionFiles(extensionsFolder, 'cart.validations.generate.run', rule.functionHandle);
      if (!files) throw new Error('it is not built');
      const input = await validationInput(store, files.inputQuery, priced);
      const { operations } = answer.parse(runFunction(files.source, 'validation', input));
      problems.push(...operations.flatMap(({ validationAdd }) => validationAdd.errors.map(({ message }) => message)));
    } catch (error) {
      if (!rule.blockOnFailure) continue;
      problems.push(`A rule of the checkout failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return problems;
}

/** The Function's own query, run on Shopify's schema over the cart. Throws with the first GraphQL error. */
async function validationInput(store: SandboxStore, query: string, { cart, lines }: PricedCart): Promise<unknown> {
  const { customerId = null, language = 'en' } = cart;
  const rootValue = {
    cart: {
      buyerIdentity:
        customerId === null
          ? null
          : {
              isAuthenticated: true,
              customer: {
                id: `gid://shopify/Customer/${customerId}`,
                metafield: metafieldOf(store, `gid://shopify/Customer/${customerId}`),
              },
            },
      lines: lines.map(({ key, product, variant, quantity }) => ({
        id: key,
        quantity,
        merchandise: {
          __typename: 'ProductVariant',
          id: `gid://shopify/ProductVariant/${variant.id}`,
          product: {
            id: `gid://shopify/Product/${product.id}`,
            title: product.title,
            metafield: metafieldOf(store, `gid://shopify/Product/${product.id}`),
          },
        },
      })),
    },
    localization: { country: { isoCode: 'DE' }, language: { isoCode: language.toUpperCase() } },
  };
  const { schema } = readSchema('functions_cart_checkout_validation');
  const result = await graphql({ schema, source: query, rootValue });
  const error = result.errors?.[0];
  if (error) throw new Error(`its input query failed: ${error.message}`);
  return result.data;
}
