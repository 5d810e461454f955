import type { ValueToken } from 'liquidjs';
import { alignAssignments } from './align-assignments.ts';
import { compileOperand, compileTest, compileValue, type Names } from './expressions.ts';
import type { Php } from './filters.ts';
import { type Node, parseTemplate } from './parse-template.ts';
import { phpArray, phpString } from './php-literals.ts';
import { namingFile, templateError } from './template-error.ts';

/** Where statements are written to, and what surrounds them. */
interface Place {
  readonly output: string;
  readonly indent: string;
  readonly loop: Loop | null;
  /** a `break` would have to leave a capture, too */
  readonly captured: boolean;
}

interface Loop {
  readonly id: number;
  readonly variable: string;
  readonly outer: Loop | null;
  counted: boolean;
}

interface Unit {
  readonly lines: string[];
  readonly names: Set<string>;
  readonly rendered: Set<string>;
  ids: number;
}

export interface CompiledTemplate {
  readonly php: string;
  /** snippets that it renders */
  readonly rendered: ReadonlySet<string>;
}

const unusedNote = ' // phpcs:ignore Generic.CodeAnalysis.UnusedFunctionParameter -- every template is called alike.';

const silentNote = ' // phpcs:ignore Generic.CodeAnalysis.EmptyStatement -- the Liquid says nothing here.';

/** Why a template names a style, a script or a picture itself, for WordPress' checks; '' for one that names none. */
function resourceNote(lines: readonly string[]): string {
  return lines.some((line) => /<(?:script|link|img)\b/.test(line))
    ? '// phpcs:disable WordPress.WP.EnqueuedResources, PluginCheck.CodeAnalysis -- What a widget needs comes where it stands.\n'
    : '';
}

/**
 * PHP that prints what the Liquid prints: a file that returns a function of the page and the values given to the
 * template. Only what our templates use is known.
 * @param file named in errors and in the first lines of the PHP
 * @throws for anything else, with file, line and column
 */
export function compileTemplate(text: string, file: string): CompiledTemplate {
  const unit: Unit = { lines: [], names: new Set(), rendered: new Set(), ids: 0 };
  try {
    writeNodes(unit, parseTemplate(text, file), { output: '$html', indent: '\t', loop: null, captured: false });
  } catch (error) {
    throw namingFile(error, file);
  }
  const variables = [...unit.names].sort().map((name) => `\t$v_${name} = $names[${phpString(name)}] ?? null;\n`);
  const names = variables.length > 0 ? ['\t$names = $page->names( $given );\n'] : [];
  const statements = alignAssignments([...names, ...variables, `\t$html = '';\n`, '\n', ...unit.lines]);
  const php = `<?php
/**
 * Built from ${file} by \`npm run build:plugin\`: change the Liquid, not this file.
 *
 * @package Trellis\\WooCommerce
 */

namespace Trellis\\WooCommerce\\Storefront\\Runtime;

defined( 'ABSPATH' ) || exit;
${resourceNote(unit.lines)}
return static function ( Page $page, array $given ) {${variables.length === 0 ? unusedNote : ''}
${statements.join('')}	return $html;
};
`;
  return { php, rendered: unit.rendered };
}

/** Parts that are written one after the other become one assignment. */
function writeNodes(unit: Unit, nodes: readonly Node[], place: Place): void {
  let parts: string[] = [];
  let text = '';
  const say = (...codes: string[]): void => {
    if (text !== '') parts.push(phpString(text));
    text = '';
    parts.push(...codes);
  };
  const flush = (): void => {
    say();
    if (parts.length > 0) line(unit, place, `${place.output} .= ${parts.join(' . ')};`);
    parts = [];
  };
  for (const node of nodes) {
    if (node.kind === 'text') text += node.text;
    else if (node.kind === 'output') say(asText(compileValue(node.value, namesOf(unit, place))));
    else if (node.kind === 'render') {
      // A call of several lines stands alone.
      if (node.values.length > 1) flush();
      say(renderCall(unit, node, place));
      if (node.values.length > 1) flush();
    } else {
      flush();
      writeStatement(unit, node, place);
    }
  }
  flush();
}

type Statement = Exclude<Node, { kind: 'text' | 'output' | 'render' }>;

function writeStatement(unit: Unit, node: Statement, place: Place): void {
  const names = namesOf(unit, place);
  switch (node.kind) {
    case 'assign':
      unit.names.add(node.name);
      line(unit, place, `$v_${node.name} = ${compileValue(node.value, names).code};`);
      break;
    case 'capture': {
      const output = `$text${String((unit.ids += 1))}`;
      unit.names.add(node.name);
      line(unit, place, `${output} = '';`);
      writeNodes(unit, node.body, { ...place, output, captured: true });
      line(unit, place, `$v_${node.name} = ${output};`);
      break;
    }
    case 'if':
      for (const [index, { test, negated, body }] of node.branches.entries()) {
        const condition = compileTest(compileValue(test, { ...names, keepArray: () => null }));
        writeBranch(
          unit,
          place,
          `${index > 0 ? '} else' : ''}if ( ${negated ? `! ${condition}` : condition} ) {`,
          body,
        );
      }
      writeOtherwise(unit, place, node.otherwise);
      break;
    case 'case':
      writeCase(unit, node, place);
      break;
    case 'for':
      writeFor(unit, node, place);
      break;
    case 'break':
    case 'continue':
      if (!place.loop || place.captured)
        throw templateError(
          node.token,
          `"${node.kind}" out of a capture or without a loop is not known to the compiler`,
        );
      line(unit, place, `${node.kind};`);
  }
}

function writeCase(unit: Unit, node: Extract<Node, { kind: 'case' }>, place: Place): void {
  const names = namesOf(unit, place);
  const target = `$case${String((unit.ids += 1))}`;
  line(unit, place, `${target} = ${compileValue(node.value, names).code};`);
  const seen = new Set<string>();
  for (const [index, { values, body }] of node.branches.entries()) {
    const codes = values.map((value) => literalText(value, names));
    // Liquid runs every branch that is met; with texts that differ there is one at most.
    for (const [at, code] of codes.entries()) {
      const value = values[at];
      if (value && seen.has(code)) throw templateError(value, `${code} stands in two branches`);
      seen.add(code);
    }
    const condition = codes.map((code) => `${code} === ${target}`).join(' || ');
    writeBranch(unit, place, `${index > 0 ? '} else' : ''}if ( ${condition} ) {`, body);
  }
  writeOtherwise(unit, place, node.otherwise);
}

function literalText(value: ValueToken, names: Names): string {
  const { code, type } = compileOperand(value, names);
  if (type !== 'text') throw templateError(value, 'of the values of "when" only texts are known to the compiler');
  return code;
}

function writeFor(unit: Unit, node: Extract<Node, { kind: 'for' }>, place: Place): void {
  const names = namesOf(unit, place);
  const id = (unit.ids += 1);
  const loop: Loop = { id, variable: node.variable, outer: place.loop, counted: false };
  const inner: Place = { ...place, indent: `${place.indent}\t`, loop, captured: false };
  const body: Unit = { ...unit, lines: [] };
  writeNodes(body, node.body, inner);
  unit.ids = body.ids;
  const collection = compileOperand(node.collection, names).code;
  const limit = node.limit ? compileOperand(node.limit as ValueToken, names).code : null;
  const list = limit === null ? `Values::items( ${collection} )` : `Values::items( ${collection}, ${limit} )`;
  const item = `$item${String(id)}`;
  if (!loop.counted) line(unit, place, `foreach ( ${list} as ${item} ) {`);
  else {
    line(unit, place, `$list${String(id)} = Values::listed( ${list} );`);
    line(unit, place, `$last${String(id)} = count( $list${String(id)} ) - 1;`);
    line(unit, place, `foreach ( $list${String(id)} as $at${String(id)} => ${item} ) {`);
  }
  unit.lines.push(...body.lines);
  line(unit, place, '}');
}

function writeBranch(unit: Unit, place: Place, opening: string, body: readonly Node[]): void {
  const silent = body.every((node) => node.kind === 'text' && node.text === '');
  line(unit, place, `${opening}${silent ? silentNote : ''}`);
  writeNodes(unit, body, { ...place, indent: `${place.indent}\t` });
}

function writeOtherwise(unit: Unit, place: Place, body: readonly Node[]): void {
  if (body.length > 0) writeBranch(unit, place, '} else {', body);
  line(unit, place, '}');
}

function renderCall(unit: Unit, node: Extract<Node, { kind: 'render' }>, place: Place): string {
  unit.rendered.add(node.template);
  const values = node.values.map(({ name, value }) => {
    if (!value) throw templateError(name, `"${name.content}" has no value`);
    return [name.content, compileOperand(value, namesOf(unit, place)).code] as const;
  });
  const inner = `${place.indent}\t`;
  if (values.length > 1)
    return `$page->render(\n${inner}${phpString(node.template)},\n${inner}${phpArray(values, inner)}\n${place.indent})`;
  const given = values.map(([name, code]) => `array( ${phpString(name)} => ${code} )`).join('') || 'array()';
  return `$page->render( ${phpString(node.template)}, ${given} )`;
}

function asText({ code, type }: Php): string {
  return type === 'text' ? code : `Values::text( ${code} )`;
}

function line(unit: Unit, place: Place, text: string): void {
  unit.lines.push(`${place.indent}${text}\n`);
}

function namesOf(unit: Unit, place: Place): Names {
  return {
    variable(name) {
      for (let loop = place.loop; loop; loop = loop.outer) if (loop.variable === name) return `$item${String(loop.id)}`;
      unit.names.add(name);
      return `$v_${name}`;
    },
    counter: (property) => (place.loop ? counterOf(place.loop, property) : null),
    // What it holds is the same before the statement that it is written for.
    keepArray(entries) {
      const variable = `$values${String((unit.ids += 1))}`;
      line(unit, place, `${variable} = ${phpArray(entries, place.indent)};`);
      return variable;
    },
  };
}

function counterOf(loop: Loop, property: string): Php | null {
  const [at, last] = [`$at${String(loop.id)}`, `$last${String(loop.id)}`];
  const counters: Readonly<Record<string, Php>> = {
    index: { code: `( ${at} + 1 )`, type: 'number' },
    index0: { code: at, type: 'number' },
    first: { code: `( 0 === ${at} )`, type: 'boolean' },
    last: { code: `( ${last} === ${at} )`, type: 'boolean' },
  };
  loop.counted ||= property in counters;
  return counters[property] ?? null;
}
