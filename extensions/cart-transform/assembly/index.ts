/** The entry point of the target, as `shopify.extension.toml` names it. */
import { run } from './run';

export function cart_transform_run(): void {
  run();
}
