<?php
/**
 * By whose recommendation shoppers come.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Orders;

use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Connection\Pause;
use Trellis\WooCommerce\Storefront\Bundle_Page;
use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * `?trellis_page=refer&code=…` is the page of an invitation, `?ref=…` works on every page. The shopper followed a link to
 * get what it promises, so that its code is kept like the cart; where a consent tool forbids even that, it lives as long as
 * the session. It is a hint: whether anybody is rewarded, the app decides.
 */
final class Referral {

	/** Name of the cookie and key of the session. */
	const NAME = 'trellis_referral';

	/** Session: the code that was put into the cart, once. A shopper who takes it out does not get it again. */
	const APPLIED = 'trellis_referral_applied';

	const META = '_trellis_referral';

	const CODE = '/^F-[A-Z2-9]{8}$/D';

	/**
	 * The page of an invitation. Its button leads on into the shop.
	 */
	public static function page() {
		nocache_headers();
		$code = self::sent( 'code' );
		if ( isset( $_GET['start'] ) ) { // phpcs:ignore WordPress.Security.NonceVerification -- A link.
			self::apply();
			wp_safe_redirect( wc_get_page_permalink( 'shop' ), 302, 'Trellis' );
			exit;
		}
		$page = self::open( $code, 5.0 );
		Bundle_Page::show( $page, is_array( $page ) && isset( $page['status'] ) ? (int) $page['status'] : 503 );
	}

	/**
	 * A page with `?ref=…`: asked about once.
	 */
	public static function meet() {
		$code = self::sent( 'ref' );
		if ( '' !== $code && self::code() !== $code && null !== Connection::get() && function_exists( 'WC' ) ) {
			nocache_headers();
			$page = self::open( $code, 2.0 );
			if ( is_wp_error( $page ) ) {
				// The order tells of it even if the click is not counted.
				self::remember( $code, 1 );
			}
		}
	}

	/**
	 * Puts the code into the cart as soon as there is something in it.
	 */
	public static function apply() {
		$code = self::code();
		$cart = function_exists( 'WC' ) && WC()->session ? WC()->cart : null;
		if ( '' === $code || ! $cart || $cart->is_empty() || WC()->session->get( self::APPLIED ) === $code || 0 === wc_get_coupon_id_by_code( $code ) ) {
			return;
		}
		WC()->session->set( self::APPLIED, $code );
		if ( ! $cart->has_discount( $code ) ) {
			$cart->apply_coupon( wc_format_coupon_code( $code ) );
		}
	}

	/**
	 * Writes on the order by whose link its shopper came.
	 *
	 * @param WC_Order $order Saved by whoever calls.
	 */
	public static function mark_order( $order ) {
		$code = self::code();
		if ( $order instanceof WC_Order && '' !== $code ) {
			$order->update_meta_data( self::META, $code );
			if ( $order->get_id() > 0 ) {
				$order->save_meta_data();
			}
		}
	}

	/**
	 * Asks the app what the code promises, and keeps it where it is somebody's.
	 *
	 * @param string $code    '' for what is no code.
	 * @param float  $timeout Seconds.
	 * @return array|\WP_Error
	 */
	private static function open( $code, $timeout ) {
		$page = Pause::call(
			'page',
			'POST',
			'/plugin/woocommerce/shopper/referral',
			array(),
			array(
				'customerId' => (string) get_current_user_id(),
				'locale'     => determine_locale(),
				'code'       => $code,
			),
			$timeout
		);
		if ( is_array( $page ) && isset( $page['code'], $page['days'] ) && is_string( $page['code'] ) && preg_match( self::CODE, $page['code'] ) ) {
			self::remember( $page['code'], max( 1, min( 365, (int) $page['days'] ) ) );
			self::apply();
		}
		return $page;
	}

	/**
	 * Keeps a code.
	 *
	 * @param string $code Code.
	 * @param int    $days How long the link counts.
	 */
	private static function remember( $code, $days ) {
		if ( WC()->session ) {
			WC()->session->set( self::NAME, $code );
			// WooCommerce begins a guest's session with the first product only.
			WC()->session->set_customer_session_cookie( true );
		}
		if ( ! function_exists( 'wp_has_consent' ) || wp_has_consent( 'functional' ) ) {
			wc_setcookie( self::NAME, $code, time() + $days * DAY_IN_SECONDS, is_ssl(), true );
		}
	}

	/**
	 * The code that is kept, or ''.
	 */
	private static function code() {
		$kept = function_exists( 'WC' ) && WC()->session ? WC()->session->get( self::NAME ) : null;
		if ( ! is_string( $kept ) && isset( $_COOKIE[ self::NAME ] ) ) {
			$kept = sanitize_text_field( wp_unslash( $_COOKIE[ self::NAME ] ) );
		}
		return is_string( $kept ) && preg_match( self::CODE, $kept ) ? $kept : '';
	}

	/**
	 * A code in the address, or ''.
	 *
	 * @param string $field Name.
	 */
	private static function sent( $field ) {
		$sent = isset( $_GET[ $field ] ) && is_string( $_GET[ $field ] ) ? strtoupper( sanitize_text_field( wp_unslash( $_GET[ $field ] ) ) ) : ''; // phpcs:ignore WordPress.Security.NonceVerification -- A link: it changes the visitor's own cart only.
		return preg_match( self::CODE, $sent ) ? $sent : '';
	}
}
