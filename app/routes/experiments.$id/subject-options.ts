import type { UnitValue } from '#app/domains/incentives/index.ts';
import { needsUpdate, widgetTests } from '#app/shared/widgets/registry.ts';
import type { EditorValue } from '../../ui/typed.ts';
import { placementWords } from './experiment-words.ts';

/** A bundle as the form of a price test shows it. */
export interface PricedBundle {
  /** what its values may be */
  readonly types: readonly EditorValue['type'][];
  /** its steps: what each is about, and what it gives today */
  readonly rows: readonly {
    readonly label: string;
    readonly value: UnitValue;
    /** of this row alone; left out = those of all */
    readonly types?: readonly EditorValue['type'][];
  }[];
}

/** What a shop can test. */
export interface Subjects {
  /** titles by bundle id */
  readonly bundles: Readonly<Record<string, string>>;
  /** what bundles give, by bundle id: those of which a price test changes something */
  readonly priced: Readonly<Record<string, PricedBundle>>;
  /** the shop's, ISO 4217 */
  readonly currency: string;
  /** the plugin in the store does not know what came since */
  readonly behind: boolean;
}

/** The choice of a subject. @param chosen what a draft is about stays in it, whatever the store can do now */
export function subjectOptions({ bundles, priced, behind }: Omit<Subjects, 'currency'>, chosen: string) {
  const offered = widgetTests.filter(({ id }) => !behind || !needsUpdate(id) || chosen === `widget:${id}`);
  return [
    ...offered.map(({ id, label }) => ({ value: `widget:${id}`, label })),
    { value: 'placement:cart', label: placementWords },
    ...Object.keys(priced).map((id) => ({ value: `price:${id}`, label: `Price of bundle “${bundles[id] ?? ''}”` })),
    ...Object.entries(bundles).map(([id, title]) => ({ value: `bundle:${id}`, label: `Bundle “${title}”` })),
    { value: 'app', label: 'Everything that Trellis shows' },
  ];
}
