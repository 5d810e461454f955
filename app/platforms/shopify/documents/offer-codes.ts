import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

export const createCodeDocument = adminDocument(
  'CreateOfferCode',
  `mutation CreateOfferCode($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) { codeDiscountNode { id } userErrors { field message code } }
  }`,
  z.object({
    discountCodeBasicCreate: z.object({ codeDiscountNode: z.object({ id: z.string() }).nullish(), userErrors }),
  }),
  { repeatable: false },
);

export const readCodeDocument = adminDocument(
  'ReadOfferCode',
  `query ReadOfferCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount { ... on DiscountCodeBasic { status asyncUsageCount } }
    }
  }`,
  z.object({
    codeDiscountNodeByCode: z
      .object({
        id: z.string(),
        codeDiscount: z.object({ status: z.string().optional(), asyncUsageCount: z.number().optional() }),
      })
      .nullish(),
  }),
);

export const deleteCodeDocument = adminDocument(
  'DeleteOfferCode',
  `mutation DeleteOfferCode($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { field message code } } }`,
  z.object({ discountCodeDelete: z.object({ userErrors }) }),
);
