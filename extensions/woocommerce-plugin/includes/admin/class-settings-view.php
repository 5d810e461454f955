<?php
/**
 * What the merchant decides in the store.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Consent and places.
 */
final class Settings_View {

	/**
	 * Prints it.
	 */
	public static function show() {
		$settings = Settings::get();
		$consent  = array(
			'off'  => __( 'Measure nothing: no visitor gets a number and nothing is sent. Figures per visitor stay empty.', 'trellis-for-woocommerce' ),
			'tool' => function_exists( 'wp_has_consent' )
				? __( 'Follow my consent tool (WP Consent API, category "statistics").', 'trellis-for-woocommerce' )
				: __( 'Follow my consent tool (needs the plugin WP Consent API, which is not active; until then nothing is sent).', 'trellis-for-woocommerce' ),
			'bar'  => __( 'Ask with a small bar of Trellis at the foot of the page.', 'trellis-for-woocommerce' ),
		);
		$places   = array(
			'together' => __( 'Bought together, below the product', 'trellis-for-woocommerce' ),
			'bundle'   => __( 'Bundles, on product pages', 'trellis-for-woocommerce' ),
			'cart'     => __( 'Suggestions and goals, in the cart', 'trellis-for-woocommerce' ),
			'offers'   => __( 'Offers after the purchase, on the thank-you page and in the account', 'trellis-for-woocommerce' ),
			'points'   => __( 'Points and rewards: on product pages, in the cart, after the purchase and in the account', 'trellis-for-woocommerce' ),
			'launcher' => __( 'A button in the corner of every page that leads to the rewards', 'trellis-for-woocommerce' ),
		);
		echo '<div class="card"><h2>' . esc_html__( 'Settings in this store', 'trellis-for-woocommerce' ) . '</h2>';
		Page::form( 'settings' );
		echo '<fieldset><legend>' . esc_html__( 'Measuring visitors', 'trellis-for-woocommerce' ) . '</legend>';
		foreach ( $consent as $value => $label ) {
			printf( '<p><label><input type="radio" name="consent" value="%1$s"%2$s> %3$s</label></p>', esc_attr( $value ), checked( $settings['consent'], $value, false ), esc_html( $label ) );
		}
		echo '</fieldset><fieldset><legend>' . esc_html__( 'Show by themselves', 'trellis-for-woocommerce' ) . '</legend>';
		foreach ( $places as $name => $label ) {
			printf( '<p><label><input type="checkbox" name="placements[%1$s]" value="1"%2$s> %3$s</label></p>', esc_attr( $name ), checked( $settings['placements'][ $name ], true, false ), esc_html( $label ) );
		}
		echo '<p class="description">' . esc_html__( 'Switch a place off where you put the block or the shortcode yourself.', 'trellis-for-woocommerce' ) . '</p></fieldset>';
		echo '<p class="trellis-actions"><button type="submit" class="button">' . esc_html__( 'Save settings', 'trellis-for-woocommerce' ) . '</button></p></form></div>';
	}
}
