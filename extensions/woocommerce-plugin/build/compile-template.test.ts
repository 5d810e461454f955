import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from './compile-template.ts';
import { generatedFiles } from './generated-files.ts';
import { phpString } from './php-literals.ts';

const compiled = (text: string): string => compileTemplate(text, 'snippets/one.liquid').php;

describe('what the compiler does not know', () => {
  it.each([
    ['a tag', '\n{% cycle "a", "b" %}', '2:1: the tag "cycle"'],
    ['a tag within another', '{% if a %}\n  {% tablerow x in y %}', '2:3: the tag "tablerow"'],
    ['a tag in a liquid tag', '{% liquid\n  assign a = 1\n  increment b\n%}', '3:3: the tag "increment"'],
    ['a tag that is not closed', '{% for a in b %}', '1:1: "for" is not closed'],
    ['a closing tag too many', '{% endif %}', '1:1: the tag "endif"'],
    ['a filter', 'x\n{{ a | upcase }}', '2:8: the filter "upcase"'],
    ['a filter after a name of the language', '{{ a | constructor }}', '1:8: the filter "constructor"'],
    ['a filter with too many values', '{{ a | plus: 1, 2 }}', 'the filter "plus" is used'],
    ['a format of dates', "{{ a | date: '%Y' }}", 'of the formats of "date"'],
    ['a parameter of a loop', '{% for a in b reversed %}{% endfor %}', 'only "limit" is known'],
    ['an operator', '{% if not a %}{% endif %}', '"not"'],
    ['blank in place of a value', '{% assign a = blank %}', '"blank" can only be compared with'],
    ['a range', '{% for a in (1..3) %}{% endfor %}', 'not a value that the compiler knows'],
    ['a snippet by a variable', '{% render a %}', 'expected the name of a snippet'],
    [
      'a loop left out of a capture',
      '{% for a in b %}{% capture c %}{% break %}{% endcapture %}{% endfor %}',
      '"break"',
    ],
    ['a loop left where there is none', '{% continue %}', '"continue"'],
    [
      'two branches for one text',
      "{% case a %}{% when 'b' %}{% when 'b' %}{% endcase %}",
      "'b' stands in two branches",
    ],
    ['a branch for a variable', '{% case a %}{% when b %}{% endcase %}', 'only texts are known'],
    [
      'several named values in a condition',
      "{% if 'a' | t: b: 1, c: 2 %}{% endif %}",
      'with several values in a condition',
    ],
    ['text behind a value', '{{ a b }}', 'snippets/one.liquid:1:'],
  ])('%s fails with its place', (_, text, message) => {
    expect(() => compiled(text)).toThrow(message);
    expect(() => compiled(text)).toThrow('snippets/one.liquid:');
  });
});

describe('what it makes', () => {
  it('writes texts that mean themselves', () => {
    expect(phpString(`it's \\' <?php $x ?>`)).toBe(`'it\\'s \\\\\\' <?php $x ?>'`);
    expect(compiled(`<?php echo 'x'; ?>`)).toContain(`$html .= '<?php echo \\'x\\'; ?>';`);
  });

  it('keeps the variable of a loop apart from one of the same name', () => {
    const php = compiled('{% assign a = 1 %}{% for a in b %}{% assign a = 2 %}{{ a }}{% endfor %}{{ a }}');
    expect(php).toMatch(
      /foreach \( Values::items\( \$v_b \) as (\$item\d+) \) \{\n\t\t\$v_a {3}= 2;\n\t\t\$html \.= Values::text\( \1 \);/,
    );
    expect(php).toContain('\t$html .= Values::text( $v_a );');
  });

  it('joins conditions from the right, as Liquid does', () => {
    expect(compiled('{% if a or b and c %}{% endif %}')).toContain(
      '( Values::truthy( $v_a ) || ( Values::truthy( $v_b ) && Values::truthy( $v_c ) ) )',
    );
    expect(compiled('{% if a and b or c %}{% endif %}')).toContain(
      '( Values::truthy( $v_a ) && ( Values::truthy( $v_b ) || Values::truthy( $v_c ) ) )',
    );
  });

  it('writes PHP in the form of the WordPress Coding Standards', () => {
    expect(compiled("{% if a == 'b' %}c{% endif %}{% if nil != a %}c{% endif %}")).toContain(
      "\tif ( ( 'b' === $v_a ) ) {\n\t\t$html .= 'c';\n\t}\n\tif ( ! ( null === $v_a ) ) {\n",
    );
    expect(compiled("a{% render 'b', cc: 1, d: e %}{% comment %}f{% endcomment %}g")).toContain(
      [
        '\t$names = $page->names( $given );',
        "\t$v_e   = $names['e'] ?? null;",
        "\t$html  = '';",
        '',
        "\t$html .= 'a';",
        '\t$html .= $page->render(',
        "\t\t'b',",
        '\t\tarray(',
        "\t\t\t'cc' => 1,",
        "\t\t\t'd'  => $v_e,",
        '\t\t)',
        '\t);',
        "\t$html .= 'g';",
      ].join('\n'),
    );
    expect(compiled('{% assign long = 1 %}{% assign a = 2 %}{% capture long %}b{% endcapture %}')).toContain(
      "\t$v_long = 1;\n\t$v_a    = 2;\n\t$text1  = '';\n\t$text1 .= 'b';\n\t$v_long = $text1;\n",
    );
    expect(
      compiled("a{{ 'w' | t: one: 1 }}{{ 'x' | t: done: '#', count: b }}{% assign c = 'y' | t: d: 1, e: 2 %}"),
    ).toContain(
      [
        '\t$values1 = array(',
        "\t\t'done'  => '#',",
        "\t\t'count' => $v_b,",
        '\t);',
        "\t$html   .= 'a' . $page->translate( 'w', array( 'one' => 1 ) ) . $page->translate( 'x', $values1 );",
        '\t$values2 = array(',
        "\t\t'd' => 1,",
        "\t\t'e' => 2,",
        '\t);',
        "\t$v_c     = $page->translate( 'y', $values2 );",
      ].join('\n'),
    );
    expect(compiled('a')).toMatch(/array \$given \) \{ \/\/ phpcs:ignore \S+UnusedFunctionParameter -- /);
    expect(compiled('{% if a %}{% else %}b{% endif %}')).toMatch(/ \{ \/\/ phpcs:ignore \S+EmptyStatement -- /);
  });
});

describe('the templates of the plugin', () => {
  const files = generatedFiles(join(import.meta.dirname, '../../theme-app-extension'));
  const templates = [...files].filter(([name]) => name.endsWith('.php'));

  // What PHP_CodeSniffer would say of them, as far as it was ever said and a line can show it.
  it.each([
    ['several values of an array on one line', /\barray\( .* => .*, '\w+' => /],
    ['what is fixed behind what it is compared with', / (?:===|!==) (?:'|\d|null|true|false)/],
    ['spaces at the end of PHP', /[;{}(,] +$/],
  ])('have no line with %s', (_, sign) => {
    const found = templates.flatMap(([name, text]) =>
      text.split('\n').flatMap((line, at) => (sign.test(line) ? [`${name}:${String(at + 1)} ${line}`] : [])),
    );
    expect(templates.length).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });
});
