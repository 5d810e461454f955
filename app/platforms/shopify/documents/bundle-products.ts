import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

export const bundleSupportDocument = adminDocument(
  'BundleSupport',
  `query BundleSupport {
    shop { features { bundles { eligibleForBundles } cartTransform { eligibleOperations { mergeOperation expandOperation } } } }
  }`,
  z.object({
    shop: z.object({
      features: z.object({
        bundles: z.object({ eligibleForBundles: z.boolean() }),
        cartTransform: z.object({
          eligibleOperations: z.object({ mergeOperation: z.boolean(), expandOperation: z.boolean() }),
        }),
      }),
    }),
  }),
);

/** How the chosen variants of the components are named by their products' options. */
export const componentOptionsDocument = adminDocument(
  'ComponentOptions',
  `query ComponentOptions($ids: [ID!]!) {
    nodes(ids: $ids) { ... on ProductVariant { id selectedOptions { name value } product { id options { id name } } } }
  }`,
  z.object({
    nodes: z.array(
      z
        .object({
          id: z.string(),
          selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })),
          product: z.object({ id: z.string(), options: z.array(z.object({ id: z.string(), name: z.string() })) }),
        })
        .nullable(),
    ),
  }),
);

const started = z.object({ productBundleOperation: z.object({ id: z.string() }).nullish(), userErrors });

export const createBundleDocument = adminDocument(
  'CreateBundle',
  `mutation CreateBundle($input: ProductBundleCreateInput!) {
    productBundleCreate(input: $input) { productBundleOperation { id } userErrors { field message } }
  }`,
  z.object({ productBundleCreate: started }),
  { repeatable: false },
);

export const updateBundleDocument = adminDocument(
  'UpdateBundle',
  `mutation UpdateBundle($input: ProductBundleUpdateInput!) {
    productBundleUpdate(input: $input) { productBundleOperation { id } userErrors { field message } }
  }`,
  z.object({ productBundleUpdate: started }),
);

export const readBundleOperationDocument = adminDocument(
  'ReadBundleOperation',
  `query ReadBundleOperation($id: ID!) {
    productOperation(id: $id) { __typename status product { id } ... on ProductBundleOperation { userErrors { field message code } } }
  }`,
  z.object({
    productOperation: z
      .object({
        status: z.enum(['CREATED', 'ACTIVE', 'COMPLETE']),
        product: z.object({ id: z.string() }).nullish(),
        userErrors: userErrors.default([]),
      })
      .nullish(),
  }),
);

/** A bundle's product as it stands: what it is made of and what it costs. */
export const readBundleProductDocument = adminDocument(
  'ReadBundleProduct',
  `query ReadBundleProduct($id: ID!) {
    product(id: $id) { id title status
      variants(first: 1) { nodes { id price compareAtPrice } }
      bundleComponents(first: 30) { nodes { quantity componentProduct { id } componentVariants(first: 1) { nodes { id } } } } }
  }`,
  z.object({
    product: z
      .object({
        id: z.string(),
        title: z.string(),
        status: z.string(),
        variants: z.object({
          nodes: z.array(z.object({ id: z.string(), price: z.string(), compareAtPrice: z.string().nullish() })),
        }),
        bundleComponents: z.object({
          nodes: z.array(
            z.object({
              quantity: z.number().int().nullish(),
              componentProduct: z.object({ id: z.string() }),
              componentVariants: z.object({ nodes: z.array(z.object({ id: z.string() })) }),
            }),
          ),
        }),
      })
      .nullish(),
  }),
);

export const setBundlePriceDocument = adminDocument(
  'SetBundlePrice',
  `mutation SetBundlePrice($productId: ID!, $variants: [ProductVariantsBulkInput!]!) {
    productVariantsBulkUpdate(productId: $productId, variants: $variants) { userErrors { field message code } }
  }`,
  z.object({ productVariantsBulkUpdate: z.object({ userErrors }) }),
);

export const changeProductDocument = adminDocument(
  'ChangeProduct',
  `mutation ChangeProduct($product: ProductUpdateInput!) { productUpdate(product: $product) { product { id } userErrors { field message } } }`,
  z.object({ productUpdate: z.object({ userErrors }) }),
);

export const deleteProductDocument = adminDocument(
  'DeleteProduct',
  `mutation DeleteProduct($id: ID!) { productDelete(input: { id: $id }) { deletedProductId userErrors { field message } } }`,
  z.object({ productDelete: z.object({ userErrors }) }),
);
