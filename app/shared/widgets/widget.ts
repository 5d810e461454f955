/** What an experiment may make of a widget. */
export type WidgetChange = 'title' | 'source' | 'objective' | 'hide';

/**
 * Something of ours that shoppers are shown, and that a merchant can compare with its absence. One small file each:
 * a new one is a file beside this and a line in the registry.
 */
export interface Widget {
  /** marks its element in pages (`data-trellis`), and is what it asks the app by */
  readonly name: string;
  /** as experiments call it; widgets of one test stand and fall together */
  readonly test: string;
  /** the test, as the merchant calls it */
  readonly label: string;
  /** of those that its test has, what it follows */
  readonly changes: readonly WidgetChange[];
  /**
   * who keeps it from visitors: the page, before anything is laid out, or the app, which then answers with nothing.
   * What opens by itself is the app's, as the page would be inert behind a dialog that is hidden
   */
  readonly hiddenBy: 'page' | 'app';
  /** a companion in the store that is behind ours does not say that it asks for this widget: the app cannot keep it */
  readonly keptSinceUpdate?: true;
  /** what impressions, clicks and order lines name as the place */
  readonly surfaces: readonly string[];
  /** its switch in the theme's embed; null = a block of its own, or a page of ours */
  readonly setting: string | null;
}
