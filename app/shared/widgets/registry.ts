import { after } from './after.ts';
import { bundle } from './bundle.ts';
import { cart } from './cart.ts';
import { drawer } from './drawer.ts';
import { goals } from './goals.ts';
import { orderStatus } from './order-status.ts';
import { picks } from './picks.ts';
import { thankYou } from './thank-you.ts';
import { together } from './together.ts';
import type { Widget, WidgetChange } from './widget.ts';

/** Every widget, those of a test beside each other, in the order in which the merchant is offered them. */
export const widgets = [together, bundle, cart, drawer, after, goals, thankYou, orderStatus, picks] as const;

type Known = (typeof widgets)[number];
export type WidgetName = Known['name'];
/** As experiments call widgets. */
export type WidgetTest = Known['test'];
/** Tests of what the app keeps from visitors by itself. */
export type AppTest = Extract<Known, { hiddenBy: 'app' }>['test'];

/** The widgets that stand and fall together in a test; none where it is of something else. */
export const widgetsOf = (test: string): readonly Widget[] => widgets.filter((one) => one.test === test);

/** What widgets can be tested by, in the merchant's order: the first widget of each test says what can be changed. */
export const widgetTests: readonly { id: WidgetTest; label: string; changes: readonly WidgetChange[] }[] = widgets
  .filter((one, at) => widgets.findIndex(({ test }) => test === one.test) === at)
  .map(({ test, label, changes }) => ({ id: test, label, changes }));

type AfterPurchase = Extract<Known, { readonly test: 'after-purchase' }>;
/** What stands on the pages after a purchase. */
export const afterPurchase = widgets.filter((one): one is AfterPurchase => one.test === 'after-purchase');

/** The name as the registry has it; null where nothing is called so, such as what only a newer companion knows. */
export const widgetNamed = (name: string): WidgetName | null => widgets.find((one) => one.name === name)?.name ?? null;

/** The test by which the app keeps a widget from visitors; null where the page does, or where nothing is called so. */
export const appTestOf = (name: string): AppTest | null =>
  widgets.find(
    (one): one is Extract<Known, { readonly hiddenBy: 'app' }> => one.name === name && one.hiddenBy === 'app',
  )?.test ?? null;

/** Whether a store whose companion is behind ours cannot test these widgets. */
export const needsUpdate = (test: string): boolean =>
  widgetsOf(test).some(({ keptSinceUpdate }) => keptSinceUpdate === true);

/** What can be changed of the widgets of a test. */
export const changesIn = (test: string): readonly WidgetChange[] => widgetsOf(test)[0]?.changes ?? [];
