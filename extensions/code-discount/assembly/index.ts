/** Entry points by target, as `shopify.extension.toml` names them. */
import { run } from './run';
import { runDelivery } from './run-delivery';

export function cart_lines_discounts_generate_run(): void {
  run();
}

export function cart_delivery_options_discounts_generate_run(): void {
  runDelivery();
}
