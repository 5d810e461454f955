import { z } from 'zod';
import { adminDocument } from '../graphql/document.ts';

const combinesWith = z.object({
  productDiscounts: z.boolean(),
  orderDiscounts: z.boolean(),
  shippingDiscounts: z.boolean(),
});
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

/** Discounts with codes that are not over, and what they take off. What another app works out has no value here. */
export const readStoreCodesDocument = adminDocument(
  'ReadStoreCodes',
  `query ReadStoreCodes($after: String, $search: String!) {
    codeDiscountNodes(first: 30, after: $after, query: $search) {
      nodes {
        codeDiscount {
          __typename
          ... on DiscountCodeBasic {
            usageLimit discountClasses combinesWith { productDiscounts orderDiscounts shippingDiscounts }
            codes(first: 5) { nodes { code } pageInfo { hasNextPage } }
            customerGets { value {
              __typename
              ... on DiscountPercentage { percentage }
              ... on DiscountAmount { appliesOnEachItem amount { amount currencyCode } }
            } }
          }
          ... on DiscountCodeBxgy {
            usageLimit discountClasses combinesWith { productDiscounts orderDiscounts shippingDiscounts }
            codes(first: 5) { nodes { code } pageInfo { hasNextPage } }
          }
          ... on DiscountCodeFreeShipping {
            usageLimit discountClasses combinesWith { productDiscounts orderDiscounts shippingDiscounts }
            codes(first: 5) { nodes { code } pageInfo { hasNextPage } }
          }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  z.object({
    codeDiscountNodes: z.object({
      nodes: z.array(
        z.object({
          codeDiscount: z.object({
            __typename: z.string(),
            usageLimit: z.number().nullish(),
            discountClasses: z.array(z.string()).optional(),
            combinesWith: combinesWith.optional(),
            codes: z
              .object({
                nodes: z.array(z.object({ code: z.string() })),
                pageInfo: z.object({ hasNextPage: z.boolean() }),
              })
              .optional(),
            customerGets: z
              .object({
                value: z.object({
                  __typename: z.string(),
                  percentage: z.number().optional(),
                  appliesOnEachItem: z.boolean().optional(),
                  amount: z.object({ amount: z.string(), currencyCode: z.string() }).optional(),
                }),
              })
              .optional(),
          }),
        }),
      ),
      pageInfo,
    }),
  }),
);
