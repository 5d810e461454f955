<?php
/**
 * JSON as the app publishes it.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Reads what was published. Objects stay objects, so that an empty one is not taken for an empty list.
 */
final class Json {

	/**
	 * The value of a text; null for one that is no JSON. Half a surrogate pair, which a title has that was cut in the
	 * middle of an emoji, becomes U+FFFD: PHP would refuse the whole text.
	 *
	 * @param mixed $text JSON.
	 * @return mixed
	 */
	public static function decode( $text ) {
		if ( ! is_string( $text ) || '' === $text ) {
			return null;
		}
		$value = json_decode( $text );
		if ( JSON_ERROR_UTF16 !== json_last_error() ) {
			return $value;
		}
		// Escapes one by one: a whole pair, half of one, anything else.
		$whole = preg_replace_callback(
			'/\\\\(?:u[dD][89abAB]..\\\\u[dD][c-fC-F]..|u([dD][89a-fA-F])..|.)/s',
			static function ( $found ) {
				return isset( $found[1] ) ? '\ufffd' : $found[0];
			},
			$text
		);
		return json_decode( (string) $whole );
	}
}
