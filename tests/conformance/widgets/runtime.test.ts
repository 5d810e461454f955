import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { buildPluginTemplates } from '#scripts/build-plugin.ts';
import { runPhp } from '#tests/setup/php.ts';

const autoload = path.join(import.meta.dirname, '../../../extensions/woocommerce-plugin/includes/autoload.php');

/**
 * What a method of the plugin's runtime answers to each list of values; one PHP process for all. Of a method that is
 * not static the first value makes the object.
 */
function answers(method: string, calls: readonly (readonly unknown[])[]): unknown {
  const code = `
    define( 'ABSPATH', '/' );
    require $argv[1];
    list( $class, $method ) = explode( '::', $argv[2] );
    foreach ( json_decode( stream_get_contents( STDIN ), true ) as $call ) {
      $owner = ( new ReflectionMethod( $class, $method ) )->isStatic() ? $class : new $class( array_shift( $call ) );
      $out[] = call_user_func_array( array( $owner, $method ), $call );
    }
    echo json_encode( $out, JSON_THROW_ON_ERROR );`;
  const name = `Trellis\\WooCommerce\\Storefront\\Runtime\\${method}`;
  return JSON.parse(runPhp(['-r', code, '--', autoload, name], JSON.stringify(calls)));
}

beforeAll(async () => {
  await buildExtensions();
  await buildPluginTemplates();
});

describe('the PHP runtime of the widgets', () => {
  it('chooses the plural forms that CLDR does', () => {
    const numbers = [0, 1, 1.5, 2, 3, 11, 21, 100, 999_999, 1_000_000, 1_000_001, 3_000_000];
    const calls = ['de', 'en', 'es', 'fr', 'ja', 'it'].flatMap((language) =>
      numbers.map((number) => [language, number]),
    );
    // Italian has no texts of ours: its shoppers read English ones.
    const rule = (language: unknown) => new Intl.PluralRules(language === 'it' ? 'en' : String(language));
    expect(answers('Plurals::form', calls)).toEqual(
      calls.map(([language, number]) => rule(language).select(Number(number))),
    );
  });

  it('writes amounts by the store’s pattern', () => {
    const table = [
      ['€{{amount|2|.|,}}', 123_456_789, '€1.234.567,89'],
      ['{{amount|2|\u00a0|,}}\u00a0kr', 123_456, '1\u00a0234,56\u00a0kr'],
      ['¥{{amount|0|,|}}', 120_000, '¥1,200'],
      ['{{amount|3||.}} KWD', 123_456, '1234.560 KWD'],
      [`CHF {{amount|2|'|.}}`, 1_234_500, `CHF 12'345.00`],
      ['€{{amount|2|,|.}}', -5, '€-0.05'],
      ['€{{amount|2|,|.}}', '1990', '€19.90'],
      ['€{{amount|2|,|.}}', null, '€0.00'],
      ['${{amount}}', 100_000, '$1,000.00'],
      ['€{{amount_with_comma_separator}}', 100_000, '€1.000,00'],
    ];
    expect(answers('Money_Format::write', table)).toEqual(table.map(([, , text]) => text));
  });

  it('makes a pattern from a store’s settings that nothing in them can break', () => {
    expect(
      answers('Money_Format::pattern', [
        ['€', '', 2, '.', ','],
        ['', ' <b>{{kr}}|</b>&', 12, '|', '}'],
      ]),
    ).toEqual(['€{{amount|2|.|,}}', '{{amount|9||}} bkr/b']);
  });

  it('types and bounds what a merchant chose, and fills in what was not', () => {
    const chosen = { max_items: '99', preselect: 'yes', show_pictures: 'no', stay: 0, heading: 7, other: 'x' };
    expect(
      answers('Schemas::settings', [
        ['bought-together', chosen],
        ['bought-together', {}],
        ['none', chosen],
      ]),
    ).toEqual([
      { product: null, heading: '7', max_items: 6, preselect: true, show_pictures: false, stay: false },
      { product: null, heading: '', max_items: 3, preselect: false, show_pictures: true, stay: false },
      [],
    ]);
  });

  it.each([
    ['what would be HTML', 'Filters::escape', ['cut \u00e9', '<\'"&>'], ['cut é', '&lt;&#39;&#34;&amp;&gt;']],
    ['spaces of every kind', 'Filters::strip', ['\u00a0\u3000 a\u2003b \ufeff\n', '\u200b'], ['a\u2003b', '\u200b']],
    ['numbers in texts', 'Filters::number', ['12', ' 1.50 ', '1e3', 'x', '', true, null], [12, 1.5, 0, 0, 0, 1, 0]],
    ['times', 'Filters::timestamp', ['2026-01-01T00:00:00.000Z', '', 'never'], ['1767225600', '', 'never']],
  ])('reads %s', (_, method, values, expected) => {
    expect(
      answers(
        method,
        (values as unknown[]).map((value) => [value]),
      ),
    ).toEqual(expected);
  });

  it('reads published JSON in which a title was cut in the middle of an emoji', () => {
    const texts = [`["\\ud83d", "\\ud83d\\ude00", "\\\\ud83d", "\\ude00\\"x"]`, '{"a": [1]}', '{', ''];
    expect(
      answers(
        'Json::decode',
        texts.map((text) => [text]),
      ),
    ).toEqual([['\ufffd', '😀', '\\ud83d', '\ufffd"x'], { a: [1] }, null, null]);
  });

  it('prints UTF-8 whatever a store keeps', () => {
    const code = `define( 'ABSPATH', '/' ); require $argv[1]; echo Trellis\\WooCommerce\\Storefront\\Runtime\\Filters::escape( "Caf\\xE9 <b> &amp; \\xF0\\x9F" );`;
    expect(runPhp(['-r', code, '--', autoload])).toBe('Caf\ufffd &lt;b&gt; &amp;amp; \ufffd');
  });

  it('divides whole numbers to the whole number below', () => {
    const calls = [
      [7, 2],
      [-7, 2],
      [7, -2],
      [-7, -2],
      [9.5, 2],
      [0, 5],
    ];
    expect(answers('Filters::divided_by', calls)).toEqual([3, -4, -4, 3, 4.75, 0]);
  });
});
