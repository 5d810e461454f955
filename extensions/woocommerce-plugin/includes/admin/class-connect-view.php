<?php
/**
 * The page before the store is connected.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * What Trellis does, what would be sent, and the agreement.
 */
final class Connect_View {

	/**
	 * Prints it.
	 */
	public static function show() {
		$does   = array(
			__( 'Suggests products on product pages, in the cart and after the purchase, learnt from your own orders.', 'trellis-for-woocommerce' ),
			__( 'Sells bundles, quantity breaks, gifts and cart goals at prices that keep your margin, as ordinary WooCommerce discounts.', 'trellis-for-woocommerce' ),
			__( 'Measures with a control group what it adds to your profit.', 'trellis-for-woocommerce' ),
		);
		$sent   = array(
			__( 'Products with prices, stock and cost, categories and tags.', 'trellis-for-woocommerce' ),
			__( 'Orders, refunds and customers as the WooCommerce REST API gives them, the past ones once and new ones as they come.', 'trellis-for-woocommerce' ),
			__( 'The address of your store, its versions of WordPress, WooCommerce and PHP, and your user name when you open Trellis.', 'trellis-for-woocommerce' ),
			__( 'What visitors look at and click, under a random number, only from those who consented and only if you switch it on in the settings.', 'trellis-for-woocommerce' ),
		);
		$agreed = Connection::opted_in();
		echo '<div class="card"><h2>' . esc_html__( 'Sell more of what belongs together', 'trellis-for-woocommerce' ) . '</h2>';
		self::items( $does );
		echo '<h3>' . esc_html__( 'What is sent to Trellis', 'trellis-for-woocommerce' ) . '</h3>';
		echo '<p>' . esc_html__( 'Nothing has been sent so far. Once you connect, Trellis receives:', 'trellis-for-woocommerce' ) . '</p>';
		self::items( $sent );
		Page::form( 'connect' );
		self::address();
		echo '<p><label><input type="checkbox" name="agree" value="1" required> ' . esc_html__( 'I agree that this store sends this data to Trellis.', 'trellis-for-woocommerce' ) . '</label></p>';
		self::links();
		echo '<p class="trellis-actions"><button type="submit" class="button button-primary">' . esc_html( $agreed ? __( 'Connect again', 'trellis-for-woocommerce' ) : __( 'Connect', 'trellis-for-woocommerce' ) ) . '</button></p></form>';
		if ( $agreed ) {
			/* translators: %s: address of the app */
			echo '<p role="status">' . esc_html( sprintf( __( 'Waiting for %s: finish connecting there, then come back and reload this page.', 'trellis-for-woocommerce' ), $agreed['appUrl'] ) ) . '</p>';
		}
		echo '</div>';
		Status_View::problems( Health::quick() );
	}

	/**
	 * Which Trellis it is: one's own may be typed.
	 */
	private static function address() {
		$url = Connection::app_url();
		if ( Connection::app_url_is_fixed() ) {
			/* translators: %s: address of the app */
			echo '<p>' . esc_html( sprintf( __( 'Your Trellis: %s', 'trellis-for-woocommerce' ), $url ) ) . '</p>';
			return;
		}
		echo '<p><label for="trellis-app-url">' . esc_html__( 'Address of your Trellis', 'trellis-for-woocommerce' ) . '</label><br>';
		echo '<input type="url" class="regular-text code" id="trellis-app-url" name="app_url" required value="' . esc_attr( $url ) . '" placeholder="https://"></p>';
	}

	/**
	 * Terms and privacy of whoever runs that Trellis, where they were handed out with the plugin: `TRELLIS_TERMS_URL` and
	 * `TRELLIS_PRIVACY_URL`, in wp-config.php or in the plugin's main file.
	 */
	private static function links() {
		$links = array(
			'TRELLIS_TERMS_URL'   => __( 'Terms of service (opens in a new tab)', 'trellis-for-woocommerce' ),
			'TRELLIS_PRIVACY_URL' => __( 'Privacy policy (opens in a new tab)', 'trellis-for-woocommerce' ),
		);
		foreach ( $links as $name => $text ) {
			if ( defined( $name ) ) {
				printf( '<p><a href="%1$s" target="_blank" rel="noopener noreferrer">%2$s</a></p>', esc_url( constant( $name ) ), esc_html( $text ) );
			}
		}
	}

	/**
	 * Prints a list.
	 *
	 * @param string[] $texts Its items.
	 */
	private static function items( array $texts ) {
		echo '<ul class="ul-disc">';
		foreach ( $texts as $text ) {
			echo '<li>' . esc_html( $text ) . '</li>';
		}
		echo '</ul>';
	}
}
