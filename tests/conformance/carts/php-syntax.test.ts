import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runPhp } from '#tests/setup/php.ts';

const plugin = path.resolve(import.meta.dirname, '../../../extensions/woocommerce-plugin');

/** What in these files would not run on PHP 7.4. */
function problemsOf(files: readonly string[]): string[] {
  return JSON.parse(runPhp([path.join(import.meta.dirname, 'php-syntax.php')], files.join('\n'))) as string[];
}

describe("the plugin's PHP", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'trellis-php-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has no mistake of syntax and nothing newer than PHP 7.4', async () => {
    const entries = await readdir(plugin, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.php'))
      .map((entry) => path.join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(20);
    expect(problemsOf(files)).toEqual([]);
  });

  it.each([
    ['named argument', 'f( count: 1 );'],
    ['union of types', 'function f( int|string $a ) {}'],
    ['union of types', 'function f(): int|string { return 1; }'],
    ['type mixed', 'function f( mixed $a ) {}'],
    ['type to return static', 'class A { function f(): static { return $this; } }'],
    ['property made by a parameter', 'class A { function __construct( private $a ) {} }'],
    ['comma behind the last parameter', 'function f( $a, ) {}'],
    ['catch without a variable', 'try { f(); } catch ( E ) {}'],
    ['throw as an expression', '$a = $b ?? throw new E();'],
    ['class of an object', 'echo $a::class;'],
    ['function str_contains', "echo str_contains( 'a', 'b' );"],
    ['T_ATTRIBUTE', '#[A] function f() {}'],
    ['T_MATCH', 'echo match ( 1 ) { 1 => 2 };'],
    ['T_NULLSAFE_OBJECT_OPERATOR', 'echo $a?->b;'],
  ])('would not pass with %s: %s', async (what, code) => {
    const file = path.join(folder, 'newer.php');
    await writeFile(file, `<?php\n${code}\n`);
    // An older PHP does not get as far: to it the same is a mistake of syntax.
    expect(problemsOf([file])).toEqual([expect.stringMatching(new RegExp(`${what}|syntax error`))]);
  });

  it('may have what is in PHP 7.4', async () => {
    const file = path.join(folder, 'known.php');
    const code = `class A { private ?int $a = 1; const B = 1; function f( array &$a, int ...$b ): ?int { return $a[0] ?? self::B | B; } }
try { $f = fn( $x ) => $x ? A : B; f( A::class, ...$a, ); } catch ( D | E $e ) { if ( $e ) throw $e; }
switch ( $a ) { case A: break; default: throw $e; }
$o->str_contains( 'a' );
class F { #[\\ReturnTypeWillChange]
function g() {} }`;
    await writeFile(file, `<?php\n${code}\n`);
    expect(problemsOf([file])).toEqual([]);
  });
});
