/** One minor unit of a currency in minor units of another: a fraction. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What one minor unit of other currencies is in minor units of one, by their codes; a currency without a rate is left out. */
export type Rates = Readonly<Record<string, Rate>>;
