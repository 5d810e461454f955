<?php
/**
 * What consent tools are told.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Privacy;

use Trellis\WooCommerce\Orders\Referral;

defined( 'ABSPATH' ) || exit;

/**
 * Tells the WP Consent API that this plugin asks it, and what is kept in browsers: consent tools write their lists of it.
 */
final class Consent_Api {

	/**
	 * Declares the plugin and everything that it keeps. To be called where the API is there.
	 */
	public static function declare_all() {
		add_filter( 'wp_consent_api_registered_' . plugin_basename( TRELLIS_WOOCOMMERCE_FILE ), '__return_true' );
		$number  = __( 'Random number', 'trellis-for-woocommerce' );
		$counts  = __( 'Counts visits together by a random number, once the visitor agreed.', 'trellis-for-woocommerce' );
		$session = __( 'Until the browser is closed', 'trellis-for-woocommerce' );
		$agreed  = __( 'Until consent is taken back', 'trellis-for-woocommerce' );
		self::tell( 'trellis_visitor', 'statistics', $session, $counts, $number, 'HTTP' );
		self::tell( '_trellis_visitor', 'statistics', $agreed, $counts, $number, 'LOCALSTORAGE' );
		self::tell( '_trellis_told', 'statistics', $session, $counts, $number, 'LOCALSTORAGE' );
		self::tell( '_trellis_cart', 'statistics', $agreed, __( 'Remembers what was in the cart, so that each change is counted once.', 'trellis-for-woocommerce' ), '', 'LOCALSTORAGE' );
		self::tell( '_trellis_offered', 'functional', $session, __( 'Remembers that a suggestion was shown, so that it opens once only.', 'trellis-for-woocommerce' ), '', 'LOCALSTORAGE' );
		self::tell( Referral::NAME, 'functional', __( 'As long as the link counts, at most a year', 'trellis-for-woocommerce' ), __( 'Keeps the code of the link by which somebody recommended the shop, so that what it promises is given.', 'trellis-for-woocommerce' ), __( 'Code of the recommendation', 'trellis-for-woocommerce' ), 'HTTP' );
	}

	/**
	 * Declares one thing.
	 *
	 * @param string $name     Its name in the browser.
	 * @param string $category Which consent it needs.
	 * @param string $expires  When it goes.
	 * @param string $purpose  What it is for.
	 * @param string $personal What it tells of a person; '' for nothing.
	 * @param string $type     HTTP or LOCALSTORAGE, which stands for all storage of the browser.
	 */
	private static function tell( $name, $category, $expires, $purpose, $personal, $type ) {
		wp_add_cookie_info( $name, 'Trellis for WooCommerce', $category, $expires, $purpose, $personal, false, false, $type );
	}
}
