/** Entry point by target, as `shopify.extension.toml` names it. */
import { run } from './run';

export function cart_validations_generate_run(): void {
  run();
}
