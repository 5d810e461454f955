import {
  adjustmentsInWords,
  type AdjustedSuggestion,
  type ProductCard,
  type Suggestion,
} from '#app/domains/recommendations/index.ts';
import { asciiJson } from '#app/shared/ascii-json.ts';
import type { Money } from '#app/shared/money.ts';

/** One product that the cart page offers, with everything it shows. */
export interface CartSuggestion {
  readonly productId: string;
  readonly handle: string;
  readonly title: string;
  readonly url: string;
  readonly imageUrl: string | null;
  readonly price: Money;
  /** the first variant that can be bought now, which `price` belongs to */
  readonly variantId: string;
  readonly reason: Suggestion['reason'] & {
    readonly source: Suggestion['source'];
    /** what moved it from where the model had it, as one line */
    readonly adjusted?: string;
  };
  /** the bundle whose saving the merchant's rule promises */
  readonly bundleId?: string;
}

/** What all of a shop's suggestions have in common. */
interface StoreFacts {
  readonly currency: string;
  /** see `PlatformCapabilities` */
  readonly productPath: string;
}

/** The answer to a cart: JSON in ASCII. */
export function renderCart(
  list: readonly AdjustedSuggestion[],
  cards: ReadonlyMap<string, ProductCard>,
  store: StoreFacts,
): string {
  return asciiJson({ suggestions: list.flatMap((one) => show(one, cards.get(one.productId), store)) });
}

/** What the cart page shows of a suggestion, or nothing where it cannot be bought now. */
function show(
  suggestion: AdjustedSuggestion,
  card: ProductCard | undefined,
  { currency, productPath }: StoreFacts,
): CartSuggestion[] {
  if (!card?.variant) return [];
  const adjusted = adjustmentsInWords(suggestion.adjustments);
  const offer = suggestion.adjustments.find((one) => one.kind === 'suggested');
  return [
    {
      productId: card.id,
      handle: card.handle,
      title: card.title,
      url: productPath
        .replace('{handle}', () => encodeURIComponent(card.handle))
        .replace('{id}', () => encodeURIComponent(card.id)),
      imageUrl: card.variant.imageUrl ?? card.imageUrl,
      price: { minor: card.variant.priceMinor, currency },
      variantId: card.variant.id,
      reason: { ...suggestion.reason, source: suggestion.source, ...(adjusted === '' ? {} : { adjusted }) },
      ...(offer?.bundleId ? { bundleId: offer.bundleId } : {}),
    },
  ];
}
