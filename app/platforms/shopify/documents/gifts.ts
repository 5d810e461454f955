import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

/** With a code of ours, so that it may be asked for again. */
export const createGiftCardDocument = adminDocument(
  'CreateGiftCard',
  `mutation CreateGiftCard($input: GiftCardCreateInput!) {
    giftCardCreate(input: $input) { giftCard { id } userErrors { field message code } }
  }`,
  z.object({ giftCardCreate: z.object({ giftCard: z.object({ id: z.string() }).nullish(), userErrors }) }),
);

export const creditCustomerDocument = adminDocument(
  'CreditCustomer',
  `mutation CreditCustomer($id: ID!, $credit: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $id, creditInput: $credit) {
      storeCreditAccountTransaction { id } userErrors { field message code }
    }
  }`,
  z.object({
    storeCreditAccountCredit: z.object({
      storeCreditAccountTransaction: z.object({ id: z.string() }).nullish(),
      userErrors,
    }),
  }),
  { repeatable: false },
);
