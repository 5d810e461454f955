<?php
/**
 * Titles of offers in the cart and the checkout.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Codes\Code_Coupons;
use WC_Coupon;

defined( 'ABSPATH' ) || exit;

/**
 * A shopper reads the offer's title in place of a coupon's code, and cannot take the offer off.
 */
final class Labels {

	/** What the script and its style are known by. */
	const HANDLE = 'trellis-offers';

	/**
	 * The title of a coupon of ours; a code of ours says where it takes less off than it promises.
	 *
	 * @param string    $label  So far.
	 * @param WC_Coupon $coupon Coupon.
	 * @return string HTML.
	 */
	public static function label( $label, $coupon ) {
		if ( Code_Coupons::is_reduced( $coupon ) ) {
			return $label . ' – ' . esc_html( self::reduced() );
		}
		$offer = Earned::is_own( $coupon->get_code() ) ? Earned::now()->offer( $coupon->get_code() ) : null;
		return null === $offer ? $label : esc_html( $offer['title'] );
	}

	/**
	 * What a code says that was reduced for the merchant's margin.
	 */
	private static function reduced() {
		return __( 'Reduced: these items allow no larger discount', 'trellis-for-woocommerce' );
	}

	/**
	 * The amount without a link that takes it off.
	 *
	 * @param string    $html   So far.
	 * @param WC_Coupon $coupon Coupon.
	 * @param string    $amount Amount alone.
	 * @return string HTML.
	 */
	public static function amount( $html, $coupon, $amount ) {
		return Earned::is_own( $coupon->get_code() ) ? $amount : $html;
	}

	/**
	 * What a goal that only makes shipping free says in place of an amount.
	 *
	 * @param string    $html   So far.
	 * @param WC_Coupon $coupon Coupon.
	 * @return string HTML.
	 */
	public static function free_shipping( $html, $coupon ) {
		$offer = Earned::is_own( $coupon->get_code() ) ? Earned::now()->offer( $coupon->get_code() ) : null;
		return null === $offer || $offer['lines'] ? $html : esc_html__( 'Free shipping', 'trellis-for-woocommerce' );
	}

	/**
	 * Titles by coupon code.
	 *
	 * @return array
	 */
	public static function titles() {
		return array( 'titles' => (object) array_map( 'strval', array_column( self::rows(), 'title', 'code' ) ) );
	}

	/**
	 * Codes and titles of what the cart earns, and of codes that were reduced.
	 *
	 * @return array[]
	 */
	private static function rows() {
		$rows = array();
		foreach ( Earned::now()->offers as $code => $offer ) {
			$rows[] = array(
				'code'  => $code,
				'title' => $offer['title'],
			);
		}
		$cart = WC()->cart;
		foreach ( $cart ? $cart->get_coupons() : array() as $code => $coupon ) {
			if ( Code_Coupons::is_reduced( $coupon ) ) {
				$rows[] = array(
					'code'  => $code,
					'title' => $coupon->get_code() . ' – ' . self::reduced(),
				);
			}
		}
		return $rows;
	}

	/**
	 * What `titles` answers.
	 *
	 * @return array
	 */
	public static function schema() {
		return array(
			'titles' => array(
				'description' => __( 'Titles of offers in the cart, by coupon code.', 'trellis-for-woocommerce' ),
				'type'        => 'object',
				'context'     => array( 'view', 'edit' ),
				'readonly'    => true,
			),
		);
	}

	/**
	 * Shows titles in the cart and checkout blocks, without the button that takes a coupon off.
	 */
	public static function add_script() {
		$script = plugins_url( 'assets/offer-titles.js', TRELLIS_WOOCOMMERCE_FILE );
		$needs  = array( 'wc-blocks-checkout', 'wc-blocks-data-store', 'wp-data' );
		wp_enqueue_script( self::HANDLE, $script, $needs, TRELLIS_WOOCOMMERCE_VERSION, true );
		wp_register_style( self::HANDLE, false, array(), TRELLIS_WOOCOMMERCE_VERSION );
		wp_add_inline_style( self::HANDLE, '.wc-block-components-chip__remove[aria-label*="\2060"]{display:none}' );
		wp_enqueue_style( self::HANDLE );
	}
}
