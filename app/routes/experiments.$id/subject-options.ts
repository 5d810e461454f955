import type { UnitValue } from '#app/domains/incentives/index.ts';
import { widgetTests } from '#app/shared/widgets/registry.ts';
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
}

/** The choice of a subject. */
export function subjectOptions({ bundles, priced }: Pick<Subjects, 'bundles' | 'priced'>) {
  return [
    ...widgetTests.map(({ id, label }) => ({ value: `widget:${id}`, label })),
    { value: 'placement:cart', label: placementWords },
    ...Object.keys(priced).map((id) => ({ value: `price:${id}`, label: `Price of bundle “${bundles[id] ?? ''}”` })),
    ...Object.entries(bundles).map(([id, title]) => ({ value: `bundle:${id}`, label: `Bundle “${title}”` })),
    { value: 'app', label: 'Everything that Trellis shows' },
  ];
}
