import fc from 'fast-check';
import type { InputOfBoth } from './surfaces.ts';

/** What nobody publishes, in a cell or in place of a whole part. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'x', '1', 0, -1, 1.5, 7, 2 ** 53, 1e300, [], {}, [[]], [1, 'x']),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Every place in some data, as a way to it. */
function placesOf(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  const inner = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
  return [way, ...inner.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...way, key]))];
}

/** The data with something else at one place. */
function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((inner, at) => (at === first ? replaced(inner, rest, by) : (inner as unknown)));
  return { ...(value as object), [first]: replaced((value as Record<string, unknown>)[first], rest, by) };
}

/** One place of some data, chosen by a number, is something else. */
export function disturbed(value: unknown, choice: number, by: unknown): unknown {
  const places = placesOf(value);
  return replaced(value, places[choice % places.length] ?? [], by);
}

/** What can happen to the text of a shard: a cell is another, a letter is lost, or all of it is something else. */
const damage = fc.oneof(
  fc.record({ choice: fc.nat(), by: odd }).map(({ choice, by }) => (text: string): string => {
    return JSON.stringify(disturbed(JSON.parse(text), choice, by));
  }),
  fc.record({ choice: fc.nat(), by: fc.constantFrom('', '"', ',', '[', '}', '\\', '0', 'é') }).map(
    ({ choice, by }) =>
      (text: string): string =>
        text.slice(0, choice % text.length) + by + text.slice((choice % text.length) + 1),
  ),
  fc.string().map((text) => () => text),
  fc.constant((text: string): string => JSON.stringify(JSON.parse(text), null, 2)),
  fc.constant((text: string): string =>
    text.replace(/[a-zA-Z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
  ),
);

/** An input with a damaged first shard, and as it was behind it. */
export function corrupted(of: fc.Arbitrary<InputOfBoth>): fc.Arbitrary<InputOfBoth> {
  return fc.record({ input: of, harm: damage, second: fc.boolean() }).map(({ input, harm, second }) => {
    const { config1 } = input.discount;
    if (!config1) return input;
    const config2 = second ? config1 : input.discount.config2;
    // It comes as UTF-8, which holds no half of a pair.
    const value = harm(config1.value).toWellFormed();
    return { ...input, discount: { ...input.discount, config1: { value }, config2 } };
  });
}

/** An input in which up to three parts are not what the query promises. */
export function oddInputs(of: fc.Arbitrary<InputOfBoth>): fc.Arbitrary<unknown> {
  const changes = fc.array(fc.record({ choice: fc.nat(), by: odd }), { minLength: 1, maxLength: 3 });
  return fc
    .record({ input: of, changes })
    .map(({ input, changes: all }) =>
      all.reduce<unknown>((value, { choice, by }) => disturbed(value, choice, by), input),
    );
}
