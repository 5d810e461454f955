/** What is known of the shop when the next step is chosen. */
export interface Progress {
  readonly liveBundles: number;
  /** the live bundle that was changed last */
  readonly latestBundle: string | null;
  readonly experiments: number;
  readonly backtests: number;
  readonly liveGoals: number;
}

export interface NextStep {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly url: string;
}

/** What would help this shop most now, of what it has not done yet; null when it has done all of it. */
export function nextStep({ liveBundles, latestBundle, experiments, backtests, liveGoals }: Progress): NextStep | null {
  if (liveBundles === 0)
    return {
      title: 'What should you bundle?',
      text: 'Trellis looks through your orders for products that sell together, and reckons what each bundle would earn.',
      action: 'See ideas',
      url: '/bundle-ideas',
    };
  if (experiments === 0)
    return {
      title: 'Find out what your bundle earns',
      text: 'Show it to one part of your visitors only, and compare what the two parts bring you.',
      action: 'Start an experiment',
      url: latestBundle === null ? '/experiments/new' : `/experiments/new?bundle=${latestBundle}`,
    };
  if (backtests === 0)
    return {
      title: 'See how good your recommendations are',
      text: 'Test them on your own past orders: what would have been recommended, and how often was it bought?',
      action: 'Run the test',
      url: '/recommendations/backtest',
    };
  if (liveGoals === 0)
    return {
      title: 'Give carts a goal',
      text: 'Free shipping, a discount or a gift that shoppers see coming closer makes carts larger.',
      action: 'Set up cart goals',
      url: '/bundles/new?kind=cart-goals',
    };
  return null;
}
