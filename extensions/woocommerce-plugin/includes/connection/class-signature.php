<?php
/**
 * How the store proves to the app who asks.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * The signature of calls to the app. Needs no WordPress.
 */
final class Signature {

	/**
	 * Signs one call.
	 *
	 * @param string $secret The connection's secret, 64 hexadecimal digits, used as text.
	 * @param int    $time   Unix seconds.
	 * @param string $method GET, POST and so on.
	 * @param string $path   Path with query, as it is sent.
	 * @param string $body   The body as it is sent; '' for none.
	 * @return string 64 lower-case hexadecimal digits.
	 */
	public static function sign( $secret, $time, $method, $path, $body ) {
		return hash_hmac( 'sha256', implode( "\n", array( (string) $time, strtoupper( $method ), $path, hash( 'sha256', $body ) ) ), $secret );
	}
}
