<?php
/**
 * Widgets in texts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

defined( 'ABSPATH' ) || exit;

/**
 * `[trellis_bought_together product="12" max_items="4"]`, `[trellis_bundle]`, `[trellis_build_a_box]`,
 * `[trellis_earn_points]`, `[trellis_goals]`, `[trellis_cart_place]`, `[trellis_privacy]`. Attributes are the settings of the block.
 */
final class Shortcodes {

	/**
	 * Registers them.
	 */
	public static function start() {
		foreach ( array_merge( Widgets::SECTIONS, Widgets::PARTS ) as $name ) {
			add_shortcode(
				'trellis_' . str_replace( '-', '_', $name ),
				static function ( $attributes ) use ( $name ) {
					return Widgets::html( $name, is_array( $attributes ) ? $attributes : array() );
				}
			);
		}
		add_shortcode( 'trellis_privacy', array( 'Trellis\WooCommerce\Storefront\Consent_Bar', 'link' ) );
	}
}
