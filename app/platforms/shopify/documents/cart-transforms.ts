import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

/** Our cart transform with its configuration; an app has at most one in a store. */
export const findTransformsDocument = adminDocument(
  'FindTransforms',
  `query FindTransforms {
    cartTransforms(first: 5) { nodes { id metafields(first: 20, namespace: "$app") { nodes { key value } } } }
  }`,
  z.object({
    cartTransforms: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          metafields: z.object({ nodes: z.array(z.object({ key: z.string(), value: z.string() })) }),
        }),
      ),
    }),
  }),
);

export const createTransformDocument = adminDocument(
  'CreateTransform',
  `mutation CreateTransform($functionHandle: String!, $metafields: [MetafieldInput!]) {
    cartTransformCreate(functionHandle: $functionHandle, blockOnFailure: false, metafields: $metafields) {
      cartTransform { id } userErrors { field message code } }
  }`,
  z.object({
    cartTransformCreate: z.object({ cartTransform: z.object({ id: z.string() }).nullish(), userErrors }),
  }),
);

export const deleteTransformDocument = adminDocument(
  'DeleteTransform',
  `mutation DeleteTransform($id: ID!) { cartTransformDelete(id: $id) { deletedId userErrors { field message code } } }`,
  z.object({ cartTransformDelete: z.object({ userErrors }) }),
);
