import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

/** Up to 25 metafields, all or none. Writing the same value again changes nothing, so it may be repeated. */
export const setMetafieldsDocument = adminDocument(
  'SetMetafields',
  `mutation SetMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message code elementIndex } }
  }`,
  z.object({ metafieldsSet: z.object({ userErrors }) }),
);

export const deleteMetafieldsDocument = adminDocument(
  'DeleteMetafields',
  `mutation DeleteMetafields($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) { deletedMetafields { key } userErrors { field message } }
  }`,
  z.object({ metafieldsDelete: z.object({ userErrors }) }),
);

/** App discounts of the store. Only our own function's are returned with a metafield of ours. */
export const findDiscountsDocument = adminDocument(
  'FindDiscounts',
  `query FindDiscounts($after: String) {
    discountNodes(first: 10, after: $after, query: "type:app method:automatic") {
      nodes { id metafield(namespace: "$app", key: "config") { id } metafields(first: 20, namespace: "$app") { nodes { key } }
        discount { __typename ... on DiscountAutomaticApp { title discountClasses } } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  z.object({
    discountNodes: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          metafield: z.object({ id: z.string() }).nullish(),
          metafields: z.object({ nodes: z.array(z.object({ key: z.string() })) }),
          discount: z.object({
            __typename: z.string(),
            title: z.string().optional(),
            discountClasses: z.array(z.string()).optional(),
          }),
        }),
      ),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    }),
  }),
);

const discountPayload = z.object({ automaticAppDiscount: z.object({ discountId: z.string() }).nullish(), userErrors });

export const createDiscountDocument = adminDocument(
  'CreateDiscount',
  `mutation CreateDiscount($discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppCreate(automaticAppDiscount: $discount) { automaticAppDiscount { discountId } userErrors { field message code } }
  }`,
  z.object({ discountAutomaticAppCreate: discountPayload }),
  { repeatable: false },
);

export const updateDiscountDocument = adminDocument(
  'UpdateDiscount',
  `mutation UpdateDiscount($id: ID!, $discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) { automaticAppDiscount { discountId } userErrors { field message code } }
  }`,
  z.object({ discountAutomaticAppUpdate: discountPayload }),
);

export const deleteDiscountDocument = adminDocument(
  'DeleteDiscount',
  `mutation DeleteDiscount($id: ID!) { discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId userErrors { field message code } } }`,
  z.object({ discountAutomaticDelete: z.object({ userErrors }) }),
);

export const createPixelDocument = adminDocument(
  'CreatePixel',
  `mutation CreatePixel($webPixel: WebPixelInput!) { webPixelCreate(webPixel: $webPixel) { webPixel { id } userErrors { field message code } } }`,
  z.object({ webPixelCreate: z.object({ webPixel: z.object({ id: z.string() }).nullish(), userErrors }) }),
);

/** Without an id: the pixel of the calling app. It answers with an error where there is none. */
export const readPixelDocument = adminDocument(
  'ReadPixel',
  `query ReadPixel { webPixel { id settings } }`,
  z.object({ webPixel: z.object({ id: z.string(), settings: z.unknown() }).nullish() }),
);

export const updatePixelDocument = adminDocument(
  'UpdatePixel',
  `mutation UpdatePixel($id: ID!, $webPixel: WebPixelInput!) { webPixelUpdate(id: $id, webPixel: $webPixel) { webPixel { id } userErrors { field message code } } }`,
  z.object({ webPixelUpdate: z.object({ webPixel: z.object({ id: z.string() }).nullish(), userErrors }) }),
);
