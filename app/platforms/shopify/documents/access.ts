import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

/** Checkout rules of the store, with the Function behind each. A store has 25 at most. */
export const findValidationsDocument = adminDocument(
  'FindValidations',
  `query FindValidations {
    validations(first: 25) { nodes { id enabled shopifyFunction { handle app { id } } } }
    currentAppInstallation { app { id } }
  }`,
  z.object({
    validations: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          enabled: z.boolean(),
          shopifyFunction: z.object({ handle: z.string(), app: z.object({ id: z.string() }) }),
        }),
      ),
    }),
    currentAppInstallation: z.object({ app: z.object({ id: z.string() }) }),
  }),
);

const changed = z.object({ validation: z.object({ id: z.string() }).nullish(), userErrors });

export const createValidationDocument = adminDocument(
  'CreateValidation',
  `mutation CreateValidation($validation: ValidationCreateInput!) {
    validationCreate(validation: $validation) { validation { id } userErrors { field message code } }
  }`,
  z.object({ validationCreate: changed }),
  { repeatable: false },
);

export const updateValidationDocument = adminDocument(
  'UpdateValidation',
  `mutation UpdateValidation($id: ID!, $validation: ValidationUpdateInput!) {
    validationUpdate(id: $id, validation: $validation) { validation { id } userErrors { field message code } }
  }`,
  z.object({ validationUpdate: changed }),
);

export const deleteValidationDocument = adminDocument(
  'DeleteValidation',
  `mutation DeleteValidation($id: ID!) { validationDelete(id: $id) { deletedId userErrors { field message code } } }`,
  z.object({ validationDelete: z.object({ userErrors }) }),
);
