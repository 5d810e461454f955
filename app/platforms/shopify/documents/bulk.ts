import { z } from 'zod';
import type { ExportResource } from '#app/platforms/platform.ts';
import { userErrors } from '../graphql/answer.ts';
import { adminDocument } from '../graphql/document.ts';
import { collectionFields, customerFields, lineFields, orderFields, productFields, variantFields } from './fields.ts';

/** The query of a bulk operation. It takes no variables, so a date becomes part of the text. */
export function bulkQuery(resource: ExportResource, since: Date | null): string {
  const filter = since === null ? '' : `(query: "updated_at:>='${since.toISOString()}'")`;
  switch (resource) {
    case 'products':
      return `{ products${filter} { edges { node { ${productFields}
        variants { edges { node { ${variantFields} } } }
        collections { edges { node { ${collectionFields} } } } } } } }`;
    case 'customers':
      return `{ customers${filter} { edges { node { ${customerFields} } } } }`;
    case 'orders':
      return `{ orders${filter} { edges { node { ${orderFields} lineItems { edges { node { ${lineFields} } } } } } } }`;
  }
}

const operation = z.object({
  id: z.string(),
  status: z.enum(['CANCELED', 'CANCELING', 'COMPLETED', 'CREATED', 'EXPIRED', 'FAILED', 'RUNNING']),
  errorCode: z.string().nullish(),
  // Unsigned 64-bit numbers come as text.
  objectCount: z.coerce.number(),
  rootObjectCount: z.coerce.number(),
  url: z.string().nullish(),
  query: z.string(),
});

const operationFields = 'id status errorCode objectCount rootObjectCount url query';

export const startBulkDocument = adminDocument(
  'StartBulk',
  `mutation StartBulk($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) { bulkOperation { ${operationFields} } userErrors { field message code } }
  }`,
  z.object({ bulkOperationRunQuery: z.object({ bulkOperation: operation.nullish(), userErrors }) }),
  { repeatable: false },
);

export const readBulkDocument = adminDocument(
  'ReadBulk',
  `query ReadBulk($id: ID!) { bulkOperation(id: $id) { ${operationFields} } }`,
  z.object({ bulkOperation: operation.nullish() }),
);

/** What is under way, to find an operation again whose id was lost with the process that started it. */
export const runningBulksDocument = adminDocument(
  'RunningBulks',
  `query RunningBulks { bulkOperations(first: 10, reverse: true, sortKey: CREATED_AT) { nodes { ${operationFields} } } }`,
  z.object({ bulkOperations: z.object({ nodes: z.array(operation) }) }),
);
