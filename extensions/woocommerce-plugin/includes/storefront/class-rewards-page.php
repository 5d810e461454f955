<?php
/**
 * A customer's page of points and rewards.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Pause;

defined( 'ABSPATH' ) || exit;

/**
 * `?trellis_page=rewards`: the app writes the content for whoever WordPress says is logged in, and answers the page's
 * forms. `&apply=<code>` puts a code into the cart, and `&to=checkout` goes on to the checkout with it.
 */
final class Rewards_Page {

	/** Fields of a form, and characters of one, that are handed on. */
	const MOST_FIELDS = 10;

	const LONGEST = 4000;

	/**
	 * Fetches the content before anything is printed.
	 */
	public static function prepare() {
		nocache_headers();
		$code = self::text( $_GET, 'apply' ); // phpcs:ignore WordPress.Security.NonceVerification -- As a link to a coupon: it changes the visitor's own cart only.
		if ( null !== $code && function_exists( 'WC' ) && WC()->cart ) {
			WC()->cart->apply_coupon( wc_format_coupon_code( $code ) );
			$to = self::text( $_GET, 'to' ); // phpcs:ignore WordPress.Security.NonceVerification -- Which of the store's two pages comes next.
			wp_safe_redirect( 'checkout' === $to ? wc_get_checkout_url() : wc_get_cart_url(), 302, 'Trellis' );
			exit;
		}
		$post = isset( $_SERVER['REQUEST_METHOD'] ) && 'POST' === $_SERVER['REQUEST_METHOD'];
		$page = Pause::call(
			'page',
			'POST',
			'/plugin/woocommerce/shopper/rewards',
			array(),
			array(
				'customerId' => (string) get_current_user_id(),
				'locale'     => determine_locale(),
				'account'    => wc_get_page_permalink( 'myaccount' ),
				'before'     => self::text( $_GET, 'before' ), // phpcs:ignore WordPress.Security.NonceVerification -- Only looked at.
				'cart'       => self::text( $_GET, 'cart' ), // phpcs:ignore WordPress.Security.NonceVerification -- Only looked at.
				'form'       => $post ? self::fields() : null,
			),
			5.0
		);
		Bundle_Page::show( $page, 200 );
	}

	/**
	 * What the browser sent. The app's own token in it says that the form is the customer's.
	 *
	 * @return string[]
	 */
	private static function fields() {
		$fields = array();
		foreach ( array_slice( $_POST, 0, self::MOST_FIELDS, true ) as $name => $value ) { // phpcs:ignore WordPress.Security -- Verified and parsed by the app.
			if ( is_string( $name ) && strlen( $name ) <= 40 && is_string( $value ) ) {
				$fields[ $name ] = self::cut( $value );
			}
		}
		return $fields;
	}

	/**
	 * A field of the address; null where it is no text.
	 *
	 * @param array  $sent Fields.
	 * @param string $name Name.
	 * @return string|null
	 */
	private static function text( $sent, $name ) {
		return isset( $sent[ $name ] ) && is_string( $sent[ $name ] ) && '' !== $sent[ $name ] ? substr( sanitize_text_field( wp_unslash( $sent[ $name ] ) ), 0, 64 ) : null;
	}

	/**
	 * Text as it was typed, without what JSON cannot hold, no longer than the app takes.
	 *
	 * @param string $value As WordPress hands it over.
	 * @return string
	 */
	private static function cut( $value ) {
		$text = wp_check_invalid_utf8( wp_unslash( $value ) );
		return function_exists( 'mb_substr' ) ? mb_substr( $text, 0, self::LONGEST ) : substr( $text, 0, self::LONGEST );
	}
}
