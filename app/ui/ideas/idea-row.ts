import type { Assessment, IdeaKind, Refusal, StoredIdea } from '#app/domains/bundle-ideas/index.ts';

/** One idea as the list shows it; amounts in the shop's currency, minor units. */
export interface IdeaRow {
  readonly id: string;
  readonly title: string;
  readonly kind: IdeaKind;
  readonly status: StoredIdea['status'];
  readonly bundleId: string | null;
  readonly imageUrl: string | null;
  readonly support: number;
  readonly chances: number;
  /** share of one */
  readonly attach: number;
  readonly trend: StoredIdea['evidence']['trend'];
  readonly marginBps: number | null;
  readonly costAssumed: boolean;
  readonly cover: Assessment['cover'];
  readonly best: { readonly basisPoints: number; readonly profit: Assessment['points'][number]['profit'] } | null;
  readonly refusal: Refusal | null;
}

export const ideaViews = ['ideas', 'refused', 'dismissed', 'drafted'] as const;
export const ideaSorts = ['profit', 'support', 'attach', 'margin', 'cover'] as const;

/** What the list's address asks for. */
export interface IdeaQuery {
  readonly search: string;
  readonly view: (typeof ideaViews)[number];
  readonly kind: IdeaKind | 'all';
  readonly sort: (typeof ideaSorts)[number];
}

const inView: Readonly<Record<IdeaQuery['view'], (row: IdeaRow) => boolean>> = {
  ideas: ({ status, refusal }) => status === 'open' && refusal === null,
  refused: ({ status, refusal }) => status === 'open' && refusal !== null,
  dismissed: ({ status }) => status === 'dismissed',
  drafted: ({ status }) => status === 'drafted',
};

const measures: Readonly<Record<IdeaQuery['sort'], (row: IdeaRow) => number>> = {
  profit: ({ best }) => best?.profit.value ?? -Infinity,
  support: ({ support }) => support,
  attach: ({ attach }) => attach,
  margin: ({ marginBps }) => marginBps ?? -Infinity,
  cover: ({ cover }) => cover?.days ?? Infinity,
};

/** The rows that a query asks for, highest first; ties by title. */
export function selectIdeas(rows: readonly IdeaRow[], query: IdeaQuery): IdeaRow[] {
  const text = query.search.toLocaleLowerCase();
  const measure = measures[query.sort];
  return rows
    .filter(inView[query.view])
    .filter((row) => query.kind === 'all' || row.kind === query.kind)
    .filter((row) => row.title.toLocaleLowerCase().includes(text))
    .sort((a, b) => {
      const [one, other] = [measure(a), measure(b)];
      return one === other ? a.title.localeCompare(b.title, 'en') : other > one ? 1 : -1;
    });
}
