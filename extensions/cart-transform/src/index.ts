/** Entry points by target; Shopify's runtime looks for the target's export in camel case. */
export { run as cartTransformRun } from './run.ts';
