import { placementWords, widgetWords } from './experiment-words.ts';

/** What a shop can test. */
export interface Subjects {
  /** titles by bundle id */
  readonly bundles: Readonly<Record<string, string>>;
  /** bundles whose discount can be tested */
  readonly priced: readonly string[];
  /** the shop's, ISO 4217 */
  readonly currency: string;
}

/** The choice of a subject. */
export function subjectOptions({ bundles, priced }: Pick<Subjects, 'bundles' | 'priced'>) {
  return [
    ...Object.entries(widgetWords).map(([value, label]) => ({ value: `widget:${value}`, label })),
    { value: 'placement:cart', label: placementWords },
    ...priced.map((id) => ({ value: `price:${id}`, label: `Price of bundle “${bundles[id] ?? ''}”` })),
    ...Object.entries(bundles).map(([id, title]) => ({ value: `bundle:${id}`, label: `Bundle “${title}”` })),
    { value: 'app', label: 'Everything that Trellis shows' },
  ];
}
