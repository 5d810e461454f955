import { type FilteredValueToken, type ValueToken, TypeGuards } from 'liquidjs';
import { phpString } from './php-literals.ts';
import { templateError } from './template-error.ts';

/** A PHP expression and what is known of its value. */
export interface Php {
  readonly code: string;
  readonly type: 'text' | 'number' | 'boolean' | 'any';
}

type FilterToken = FilteredValueToken['filters'][number];
type Compile = (token: ValueToken) => Php;
/** Puts an array into a statement of its own and names its variable; null where no statement can stand. */
export type KeepArray = (entries: readonly (readonly [key: string, code: string])[]) => string | null;
interface Call {
  readonly input: Php;
  readonly token: FilterToken;
  readonly values: readonly ValueToken[];
  readonly named: readonly (readonly [name: string, value: ValueToken])[];
  readonly compile: Compile;
  readonly keepArray: KeepArray;
}

/** What the compiled templates use of `Page`: what depends on the request. */
const page = (method: string, type: Php['type'], call: Call, more = ''): Php => ({
  code: `$page->${method}( ${call.input.code}${more} )`,
  type,
});

const pure =
  (method: string, type: Php['type'], least: number, most = least) =>
  (call: Call): Php => {
    if (call.named.length > 0 || call.values.length < least || call.values.length > most)
      throw templateError(
        call.token,
        `the filter "${call.token.name}" is used in a way that the compiler does not know`,
      );
    const values = [call.input, ...call.values.map((value) => call.compile(value))].map(({ code }) => code);
    return { code: `Filters::${method}( ${values.join(', ')} )`, type };
  };

/** WordPress wants several values one a line, for which there is no room within a call. */
function namedValues(call: Call): string {
  const entries = call.named.map(([name, value]) => [name, call.compile(value).code] as const);
  if (entries.length < 2) return entries.map(([name, code]) => `, array( ${phpString(name)} => ${code} )`).join('');
  const variable = call.keepArray(entries);
  if (variable === null)
    throw templateError(
      call.token,
      `"${call.token.name}" with several values in a condition is not known to the compiler`,
    );
  return `, ${variable}`;
}

/** Every filter that the templates may use, and the PHP that it becomes. */
const filters: Readonly<Record<string, (call: Call) => Php>> = {
  append: pure('append', 'text', 1),
  at_least: pure('at_least', 'number', 1),
  at_most: pure('at_most', 'number', 1),
  concat: pure('concat', 'any', 1),
  default: pure('default_value', 'any', 1),
  divided_by: pure('divided_by', 'number', 1),
  escape: pure('escape', 'text', 0),
  escape_once: pure('escape_once', 'text', 0),
  first: pure('first', 'any', 0),
  json: pure('json', 'text', 0),
  last: pure('last', 'any', 0),
  minus: pure('minus', 'number', 1),
  modulo: pure('modulo', 'number', 1),
  plus: pure('plus', 'number', 1),
  prepend: pure('prepend', 'text', 1),
  replace: pure('replace', 'text', 2),
  slice: pure('slice', 'any', 1, 2),
  split: pure('split', 'any', 1),
  strip: pure('strip', 'text', 0),
  stylesheet_tag: pure('stylesheet_tag', 'text', 0),
  times: pure('times', 'number', 1),
  where: pure('where', 'any', 2),
  money: (call) => page('money', 'text', call),
  asset_url: (call) => page('asset_url', 'text', call),
  image_url: (call) => page('image_url', 'text', call, namedValues(call)),
  t: (call) => page('translate', 'text', call, namedValues(call)),
  date(call) {
    const [format] = call.values;
    if (call.values.length !== 1 || !format || !TypeGuards.isQuotedToken(format) || format.content !== '%s')
      throw templateError(call.token, 'of the formats of "date" only \'%s\' is known to the compiler');
    return { code: `Filters::timestamp( ${call.input.code} )`, type: 'any' };
  },
};

/** What the filters that depend on the request take: names with values for some, nothing for the others. */
const takesNames = new Set(['image_url', 't']);

/** @throws for a filter that is not known, with file and line */
export function compileFilter(token: FilterToken, input: Php, compile: Compile, keepArray: KeepArray): Php {
  const filter = Object.hasOwn(filters, token.name) ? filters[token.name] : undefined;
  if (!filter) throw templateError(token, `the filter "${token.name}" is not known to the compiler`);
  const values: ValueToken[] = [];
  const named: [string, ValueToken][] = [];
  for (const arg of token.args) {
    if (!Array.isArray(arg)) values.push(arg);
    else if (arg[0] !== undefined && arg[1] !== undefined) named.push([arg[0], arg[1]]);
  }
  if (named.length > 0 && !takesNames.has(token.name))
    throw templateError(token, `the filter "${token.name}" takes no named values`);
  return filter({ input, token, values, named, compile, keepArray });
}
