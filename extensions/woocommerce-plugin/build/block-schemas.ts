import { z } from 'zod';
import type { LanguageTexts } from './texts.ts';

const setting = z.object({
  type: z.enum(['product', 'text', 'range', 'checkbox']),
  id: z.string(),
  label: z.string(),
  info: z.string().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  autofill: z.boolean().optional(),
});

const schema = z.object({
  name: z.string(),
  target: z.enum(['section', 'head', 'body']),
  settings: z.array(setting),
});

const schemaTag = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

/** A block's template and what its `schema` tag says of it. The template keeps its line numbers. */
export function splitBlock(text: string): { template: string; schema: z.infer<typeof schema> } {
  const json = schemaTag.exec(text)?.[1] ?? '{}';
  return { template: text.replace(schemaTag, ''), schema: schema.parse(JSON.parse(json)) };
}

type Schemas = Readonly<Record<string, z.infer<typeof schema>>>;

/** The schemas of all blocks with `t:` names replaced by the texts of one language. @throws for a text that is missing */
export function schemasIn(schemas: Schemas, { language, texts }: LanguageTexts): Schemas {
  const text = (name: string): string => {
    if (!name.startsWith('t:')) return name;
    const found = texts[name.slice(2)];
    if (typeof found !== 'string') throw new Error(`${language}: the editor's text ${name} is missing`);
    return found;
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([handle, block]) => [
      handle,
      {
        name: text(block.name),
        target: block.target,
        settings: block.settings.map((entry) => ({
          ...entry,
          label: text(entry.label),
          ...(entry.info === undefined ? {} : { info: text(entry.info) }),
        })),
      },
    ]),
  );
}
