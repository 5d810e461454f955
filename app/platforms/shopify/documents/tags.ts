import { z } from 'zod';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';

/** Tags that are there already stay as they are. */
export const addTagsDocument = adminDocument(
  'AddTags',
  `mutation AddTags($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) { userErrors { field message } }
  }`,
  z.object({ tagsAdd: z.object({ userErrors }) }),
);

/** Tags that are not there are no mistake. */
export const removeTagsDocument = adminDocument(
  'RemoveTags',
  `mutation RemoveTags($id: ID!, $tags: [String!]!) {
    tagsRemove(id: $id, tags: $tags) { userErrors { field message } }
  }`,
  z.object({ tagsRemove: z.object({ userErrors }) }),
);
