import type { ReactNode } from 'react';
import type { AnyBundle, AnyBundleFormInput, BundleProduct } from '#app/domains/bundles/index.ts';
import type { ItemRole, KindTerms, TermsKind } from '#app/domains/incentives/index.ts';
import type { EditorForm } from '../form-state.ts';
import type { Editor } from '../use-editor.ts';

/** A place for products in an offer. */
export interface Place {
  readonly role: ItemRole;
  readonly title: string;
  /** what to choose, while nothing is chosen; left out = products or whole collections */
  readonly hint?: string;
  /** rows carry a quantity */
  readonly quantities?: boolean;
  /** whole collections may stand there; null where they may not */
  readonly collections: 'part' | 'buy' | 'get' | null;
}

type Own<F> = F extends unknown ? Omit<F, 'title' | 'startsAt' | 'endsAt' | 'status'> : never;

export interface FieldsProps {
  readonly editor: Editor;
  readonly currency: string;
  readonly products: ReadonlyMap<string, BundleProduct>;
}

/** What the editor needs to know of a kind: a file each, and a line in `index.ts`. */
export interface KindEditor {
  /** what a new one begins with */
  readonly start: Partial<EditorForm>;
  readonly places: (form: EditorForm) => readonly Place[];
  /** A stored bundle's own part as texts. Only called with a bundle of this kind. */
  readonly read: (bundle: AnyBundle, currency: string) => Partial<EditorForm>;
  /** The texts as the schema of this kind wants them. */
  readonly write: (form: EditorForm, currency: string) => Own<AnyBundleFormInput>;
  readonly Fields: (props: FieldsProps) => ReactNode;
  /** What shoppers get, in a sentence. */
  readonly summary: (form: EditorForm, currency: string) => string;
}

/** The terms of a bundle of `kind`; undefined where it is another kind. */
export function termsOf<K extends TermsKind>(bundle: AnyBundle, kind: K): KindTerms[K] | undefined {
  return 'terms' in bundle && bundle.kind === kind ? (bundle.terms as KindTerms[K]) : undefined;
}

/** Items as the kinds with terms send them. */
export function plainItems(form: EditorForm) {
  return form.items.map(({ productId, variantId, role }) => ({ productId, variantId, quantity: 1, role }));
}
