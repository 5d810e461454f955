import type { z } from 'zod';

/** One operation of the Admin API with the shape that we rely on of its answer. */
export interface AdminDocument<Answer> {
  readonly name: string;
  readonly text: string;
  readonly answer: z.ZodType<Answer>;
  /** may be sent again after a time-out, when it is not known whether it arrived */
  readonly repeatable: boolean;
}

/** Declares an operation. Mutations that create something must say `repeatable: false`. */
export function adminDocument<Answer>(
  name: string,
  text: string,
  answer: z.ZodType<Answer>,
  options: { readonly repeatable: boolean } = { repeatable: true },
): AdminDocument<Answer> {
  return { name, text, answer, repeatable: options.repeatable };
}

/** The answer's type of a document. */
export type Answer<Document> = Document extends AdminDocument<infer Shape> ? Shape : never;
