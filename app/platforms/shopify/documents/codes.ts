import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

const redeemCode = z.object({ id: z.string(), code: z.string() });
const firstCode = z.object({ codes: z.object({ nodes: z.array(redeemCode) }) });

/** A discount that our Function works out, with its first code. */
export const createCodeOfferDocument = adminDocument(
  'CreateCodeOffer',
  `mutation CreateCodeOffer($discount: DiscountCodeAppInput!) {
    discountCodeAppCreate(codeAppDiscount: $discount) {
      codeAppDiscount { discountId } userErrors { field message code }
    }
  }`,
  z.object({
    discountCodeAppCreate: z.object({
      codeAppDiscount: z.object({ discountId: z.string() }).nullish(),
      userErrors,
    }),
  }),
  { repeatable: false },
);

/** Beside what a discount of codes may stand. */
export const combineCodesDocument = adminDocument(
  'CombineCodes',
  `mutation CombineCodes($id: ID!, $discount: DiscountCodeAppInput!) {
    discountCodeAppUpdate(id: $id, codeAppDiscount: $discount) { userErrors { field message code } }
  }`,
  z.object({ discountCodeAppUpdate: z.object({ userErrors }) }),
);

/** Which discount a code belongs to, and what the code itself is called. */
export const findCodeOfferDocument = adminDocument(
  'FindCodeOffer',
  `query FindCodeOffer($code: String!, $search: String!) {
    codeDiscountNodeByCode(code: $code) {
      id metafield(namespace: "$app", key: "offer") { value }
      codeDiscount { ... on DiscountCodeApp { codes(first: 5, query: $search) { nodes { id code } } } }
    }
  }`,
  z.object({
    codeDiscountNodeByCode: z
      .object({
        id: z.string(),
        metafield: z.object({ value: z.string() }).nullish(),
        codeDiscount: firstCode.partial(),
      })
      .nullish(),
  }),
);

/** At most 250 codes. Shopify makes them behind the scenes; asked again, those that are there come back as errors. */
export const addCodesDocument = adminDocument(
  'AddCodes',
  `mutation AddCodes($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
    discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) { bulkCreation { id } userErrors { field message code } }
  }`,
  z.object({
    discountRedeemCodeBulkAdd: z.object({ bulkCreation: z.object({ id: z.string() }).nullish(), userErrors }),
  }),
);

/** Whether a creation is over; asking for its codes would cost three points each. */
export const readCreationDocument = adminDocument(
  'ReadCreation',
  `query ReadCreation($id: ID!) { discountRedeemCodeBulkCreation(id: $id) { done failedCount } }`,
  z.object({
    discountRedeemCodeBulkCreation: z.object({ done: z.boolean(), failedCount: z.number() }).nullish(),
  }),
);

/** What became of each code. */
export const readAddedCodesDocument = adminDocument(
  'ReadAddedCodes',
  `query ReadAddedCodes($id: ID!) {
    discountRedeemCodeBulkCreation(id: $id) { codes(first: 250) { nodes { code errors { message } } } }
  }`,
  z.object({
    discountRedeemCodeBulkCreation: z
      .object({
        codes: z.object({
          nodes: z.array(z.object({ code: z.string(), errors: z.array(z.object({ message: z.string() })) })),
        }),
      })
      .nullish(),
  }),
);

export const removeCodesDocument = adminDocument(
  'RemoveCodes',
  `mutation RemoveCodes($discountId: ID!, $ids: [ID!]!) {
    discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) { job { id } userErrors { field message code } }
  }`,
  z.object({ discountCodeRedeemCodeBulkDelete: z.object({ userErrors }) }),
);

/** The store itself, which carries what all of our codes are guarded by. */
export const readShopIdDocument = adminDocument(
  'ReadShopId',
  `query ReadShopId { shop { id } }`,
  z.object({ shop: z.object({ id: z.string() }) }),
);
