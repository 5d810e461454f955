import { expect, it } from 'vitest';
import { widgetTests } from '#app/shared/widgets/registry.ts';
import { subjectOptions } from './subject-options.ts';

const offered = (behind: boolean, chosen: string): string[] =>
  subjectOptions({ bundles: {}, priced: {}, behind }, chosen).map(({ value }) => value);
const all = [...widgetTests.map(({ id }) => `widget:${id}`), 'placement:cart', 'app'];

it.each([
  ['everything where the store can do all', false, 'widget:together', all],
  ['not the panel with an older plugin', true, 'widget:together', all.filter((value) => value !== 'widget:after')],
  ['the panel where a draft is about it', true, 'widget:after', all],
])('offers %s', (_what, behind, chosen, values) => {
  expect(offered(behind, chosen)).toEqual(values);
});
