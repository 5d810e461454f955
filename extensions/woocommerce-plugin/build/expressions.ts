import {
  type FilteredValueToken,
  type LiteralToken,
  type PropertyAccessToken,
  type Token,
  type ValueToken,
  TypeGuards,
} from 'liquidjs';
import { compileFilter, type KeepArray, type Php } from './filters.ts';
import { phpString } from './php-literals.ts';
import { templateError } from './template-error.ts';

/** Finds the PHP of a name: a variable of the template, of a loop, or a counter of a loop. */
export interface Names {
  variable(name: string): string;
  /** `forloop.<property>`; null outside of a loop */
  counter(property: string): Php | null;
  readonly keepArray: KeepArray;
}

const literals: Readonly<Record<string, string>> = { nil: 'null', null: 'null', true: 'true', false: 'false' };

/** A value with its filters. */
export function compileValue(value: FilteredValueToken, names: Names): Php {
  let php = compileTokens(value.initial.postfix, names);
  const compile = (token: ValueToken): Php => compileOperand(token, names);
  for (const filter of value.filters) php = compileFilter(filter, php, compile, names.keepArray);
  return php;
}

/** The condition that a value is neither nil nor false. */
export function compileTest(php: Php): string {
  if (php.type === 'boolean') return php.code;
  return php.type === 'any' ? `Values::truthy( ${php.code} )` : 'true';
}

function compileTokens(postfix: readonly Token[], names: Names): Php {
  const operands: { php: Php; token: Token }[] = [];
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      operands.push({ php: compileOperand(token as ValueToken, names, true), token });
      continue;
    }
    const [right, left] = [operands.pop(), operands.pop()];
    if (!left || !right) throw templateError(token, `"${token.operator}" lacks a value`);
    operands.push({ php: { code: compileOperator(token.operator, left, right, token), type: 'boolean' }, token });
  }
  const [result, more] = operands;
  const first = postfix[0];
  if (!result || more) throw first ? templateError(first, 'not a value') : new Error('an empty value');
  const { token } = result;
  if (TypeGuards.isLiteralToken(token) && !(token.literal in literals))
    throw templateError(token, `"${token.literal}" can only be compared with`);
  return result.php;
}

type Operand = { readonly php: Php; readonly token: Token };

function compileOperator(operator: string, left: Operand, right: Operand, token: Token): string {
  const values = `${left.php.code}, ${right.php.code}`;
  const turned = `${right.php.code}, ${left.php.code}`;
  switch (operator) {
    case 'and':
      return `( ${compileTest(left.php)} && ${compileTest(right.php)} )`;
    case 'or':
      return `( ${compileTest(left.php)} || ${compileTest(right.php)} )`;
    case '==':
      return compileEquals(left, right);
    case '!=':
      return `! ${compileEquals(left, right)}`;
    case '>':
      return `Values::greater( ${values} )`;
    case '<':
      return `Values::greater( ${turned} )`;
    case '>=':
      return `Values::at_least( ${values} )`;
    case '<=':
      return `Values::at_least( ${turned} )`;
    case 'contains':
      return `Values::contains( ${values} )`;
    default:
      throw templateError(token, `the operator "${operator}" is not known to the compiler`);
  }
}

function compileEquals(left: Operand, right: Operand): string {
  for (const [literal, other] of [
    [right, left],
    [left, right],
  ] as const) {
    if (!TypeGuards.isLiteralToken(literal.token)) continue;
    if (literal.token.literal === 'blank') return `Values::is_blank( ${other.php.code} )`;
    if (literal.token.literal === 'empty') return `Values::is_empty( ${other.php.code} )`;
  }
  // WordPress writes what is fixed first.
  if (isExact(right)) return `( ${right.php.code} === ${left.php.code} )`;
  if (isExact(left)) return `( ${left.php.code} === ${right.php.code} )`;
  return `Values::equals( ${left.php.code}, ${right.php.code} )`;
}

function isExact({ token }: Operand): boolean {
  return TypeGuards.isLiteralToken(token) || TypeGuards.isQuotedToken(token);
}

/** @param compared `blank` and `empty` may stand in comparisons only, which look at them */
export function compileOperand(token: ValueToken, names: Names, compared = false): Php {
  if (TypeGuards.isQuotedToken(token)) return { code: phpString(token.content), type: 'text' };
  if (TypeGuards.isNumberToken(token)) return { code: String(token.content), type: 'number' };
  if (TypeGuards.isLiteralToken(token)) return compileLiteral(token, compared);
  if (TypeGuards.isPropertyAccessToken(token)) return compileAccess(token, names);
  throw templateError(token, 'not a value that the compiler knows');
}

function compileLiteral(token: LiteralToken, compared: boolean): Php {
  const code = literals[token.literal];
  if (code === undefined && !compared) throw templateError(token, `"${token.literal}" can only be compared with`);
  return { code: code ?? 'null', type: token.literal === 'true' || token.literal === 'false' ? 'boolean' : 'any' };
}

function compileAccess(token: PropertyAccessToken, names: Names): Php {
  const [root, ...path] = token.props;
  if (token.variable || !root || !TypeGuards.isWordToken(root)) throw templateError(token, 'expected a name');
  if (root.content === 'forloop') {
    const [property] = path;
    const counter = property && TypeGuards.isWordToken(property) ? names.counter(property.content) : null;
    if (!counter || path.length > 1) throw templateError(token, 'this use of "forloop" is not known to the compiler');
    return counter;
  }
  let code = names.variable(root.content);
  for (const property of path) {
    const key = TypeGuards.isWordToken(property) ? phpString(property.content) : compileOperand(property, names).code;
    code = `Values::get( ${code}, ${key} )`;
  }
  return { code, type: 'any' };
}
