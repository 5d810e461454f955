/** Entry points by target; Shopify's runtime looks for the target's export in camel case. */
export { run as cartLinesDiscountsGenerateRun } from './run.ts';
export { runDelivery as cartDeliveryOptionsDiscountsGenerateRun } from './run-delivery.ts';
