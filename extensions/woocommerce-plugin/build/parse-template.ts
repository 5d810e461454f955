import {
  type FilteredValueToken,
  type TagToken,
  type Token,
  type TopLevelToken,
  type ValueToken,
  Liquid,
  Tokenizer,
  TypeGuards,
} from 'liquidjs';
import { templateError } from './template-error.ts';

type HashToken = ReturnType<Tokenizer['readHashes']>[number];

/** What a template consists of. Comments are gone, and what stood in a `liquid` tag stands in its place. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly value: FilteredValueToken }
  | { readonly kind: 'assign'; readonly name: string; readonly value: FilteredValueToken }
  | { readonly kind: 'capture'; readonly name: string; readonly body: readonly Node[] }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise: readonly Node[] }
  | {
      readonly kind: 'case';
      readonly value: FilteredValueToken;
      readonly branches: readonly { readonly values: readonly ValueToken[]; readonly body: readonly Node[] }[];
      readonly otherwise: readonly Node[];
    }
  | {
      readonly kind: 'for';
      readonly variable: string;
      readonly collection: ValueToken;
      readonly limit: Token | null;
      readonly body: readonly Node[];
    }
  | { readonly kind: 'break' | 'continue'; readonly token: Token }
  | { readonly kind: 'render'; readonly template: string; readonly values: readonly HashToken[] };

interface Branch {
  readonly test: FilteredValueToken;
  /** true for `unless` */
  readonly negated: boolean;
  readonly body: readonly Node[];
}

/** liquidjs with the options of the sandbox's storefront, which renders the same files. */
const { options } = new Liquid();

/** @throws for a tag that is not known or not closed, with file and line */
export function parseTemplate(text: string, file: string): readonly Node[] {
  const reader = { tokens: new Tokenizer(text, undefined, file).readTopLevelTokens(options) };
  return readBody(reader, []).body;
}

interface Reader {
  tokens: TopLevelToken[];
}

/** Reads up to one of the tags in `ends`, which it returns; without any up to the end. */
function readBody(reader: Reader, ends: readonly string[], opened?: TagToken): { body: Node[]; end: TagToken | null } {
  const body: Node[] = [];
  for (let token = reader.tokens.shift(); token !== undefined; token = reader.tokens.shift()) {
    if (TypeGuards.isTagToken(token)) {
      if (ends.includes(token.name)) return { body, end: token };
      body.push(...readTag(reader, token));
    } else if (TypeGuards.isOutputToken(token)) {
      const tokenizer = new Tokenizer(token.input, undefined, token.file, token.contentRange);
      body.push({ kind: 'output', value: readAll(tokenizer, token) });
    } else if (TypeGuards.isHTMLToken(token)) body.push({ kind: 'text', text: token.getContent() });
  }
  if (opened) throw templateError(opened, `"${opened.name}" is not closed`);
  return { body, end: null };
}

/** The whole rest of a tag or an output as one value. */
function readAll(tokenizer: Tokenizer, token: Token): FilteredValueToken {
  const value = tokenizer.readFilteredValue();
  tokenizer.skipBlank();
  if (!tokenizer.end()) throw templateError(token, `unexpected ${tokenizer.snapshot()}`);
  return value;
}

const readers: Readonly<Record<string, (reader: Reader, token: TagToken) => Node[]>> = {
  assign(_, token) {
    const name = token.tokenizer.readIdentifier().content;
    token.tokenizer.skipBlank();
    if (name === '' || token.tokenizer.read() !== '=') throw templateError(token, 'expected a name and "="');
    return [{ kind: 'assign', name, value: readAll(token.tokenizer, token) }];
  },
  capture(reader, token) {
    const name = token.tokenizer.readIdentifier().content;
    if (name === '' || !token.tokenizer.end()) throw templateError(token, 'expected one name');
    return [{ kind: 'capture', name, body: readBody(reader, ['endcapture'], token).body }];
  },
  comment(reader, token) {
    for (let next = reader.tokens.shift(); next !== undefined; next = reader.tokens.shift())
      if (TypeGuards.isTagToken(next) && next.name === 'endcomment') return [];
    throw templateError(token, '"comment" is not closed');
  },
  liquid(_, token) {
    const inner = { tokens: token.tokenizer.readLiquidTagTokens(options) as TopLevelToken[] };
    return readBody(inner, []).body;
  },
  if: (reader, token) => readIf(reader, token, 'endif', false),
  unless: (reader, token) => readIf(reader, token, 'endunless', true),
  case: readCase,
  for: readFor,
  break: (_, token) => [{ kind: 'break', token }],
  continue: (_, token) => [{ kind: 'continue', token }],
  render(_, token) {
    const file = token.tokenizer.readValue();
    if (!file || !TypeGuards.isQuotedToken(file)) throw templateError(token, 'expected the name of a snippet');
    const values = token.tokenizer.readHashes();
    if (!token.tokenizer.end()) throw templateError(token, `unexpected ${token.tokenizer.snapshot()}`);
    return [{ kind: 'render', template: file.content, values }];
  },
};

function readTag(reader: Reader, token: TagToken): Node[] {
  const read = readers[token.name];
  if (!read) throw templateError(token, `the tag "${token.name}" is not known to the compiler`);
  return read(reader, token);
}

function readIf(reader: Reader, opened: TagToken, closing: string, negated: boolean): Node[] {
  const branches: Branch[] = [];
  let test = readAll(opened.tokenizer, opened);
  for (;;) {
    const { body, end } = readBody(reader, ['elsif', 'else', closing], opened);
    branches.push({ test, negated: negated && branches.length === 0, body });
    if (end?.name === 'elsif') {
      test = readAll(end.tokenizer, end);
      continue;
    }
    const otherwise = end?.name === 'else' ? readBody(reader, [closing], opened).body : [];
    return [{ kind: 'if', branches, otherwise }];
  }
}

function readCase(reader: Reader, opened: TagToken): Node[] {
  const value = readAll(opened.tokenizer, opened);
  const branches: { values: ValueToken[]; body: Node[] }[] = [];
  let { end } = readBody(reader, ['when', 'else', 'endcase'], opened);
  while (end?.name === 'when') {
    const values: ValueToken[] = [];
    const { tokenizer } = end;
    do {
      values.push(tokenizer.readValueOrThrow());
      tokenizer.skipBlank();
    } while (tokenizer.peek() === ',' && tokenizer.read() === ',');
    if (!tokenizer.end()) throw templateError(end, `unexpected ${tokenizer.snapshot()}`);
    const read = readBody(reader, ['when', 'else', 'endcase'], opened);
    branches.push({ values, body: read.body });
    end = read.end;
  }
  const otherwise = end?.name === 'else' ? readBody(reader, ['endcase'], opened).body : [];
  return [{ kind: 'case', value, branches, otherwise }];
}

function readFor(reader: Reader, token: TagToken): Node[] {
  const { tokenizer } = token;
  const variable = tokenizer.readIdentifier().content;
  const joined = tokenizer.readIdentifier().content;
  const collection = tokenizer.readValue();
  if (variable === '' || joined !== 'in' || !collection) throw templateError(token, 'expected "for NAME in LIST"');
  const hashes = tokenizer.readHashes();
  const unknown = hashes.find((hash) => hash.name.content !== 'limit' || !hash.value);
  if (unknown || !tokenizer.end()) throw templateError(token, 'of the parameters of "for" only "limit" is known');
  const { body } = readBody(reader, ['endfor'], token);
  return [{ kind: 'for', variable, collection: collection, limit: hashes[0]?.value ?? null, body }];
}
