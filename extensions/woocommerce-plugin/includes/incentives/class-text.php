<?php
/**
 * Texts as the rules' definition compares, trims and measures them.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The definition runs in JavaScript, whose texts are UTF-16. Here they are UTF-8.
 */
final class Text {

	/**
	 * Order of two texts by their UTF-16 code units: -1, 0 or 1.
	 *
	 * Bytes of UTF-8 sort the same way but for one thing: UTF-16 puts what needs two units (UTF-8 from F0 on)
	 * before U+E000 to U+FFFF (UTF-8 EE and EF). No other byte of UTF-8 has these values.
	 *
	 * @param string $a One text.
	 * @param string $b The other.
	 * @return int
	 */
	public static function compare( $a, $b ) {
		$order = strcmp( $a, $b );
		if ( 0 !== $order && preg_match( '/[\xF0-\xF4]/', $a . $b ) ) {
			$order = strcmp( self::sortable( $a ), self::sortable( $b ) );
		}
		return $order <=> 0;
	}

	/**
	 * A text whose bytes sort as the UTF-16 code units of the given one do.
	 *
	 * @param string $text UTF-8.
	 * @return string
	 */
	private static function sortable( $text ) {
		return strtr( $text, "\xEE\xEF\xF0\xF1\xF2\xF3\xF4", "\xF3\xF4\xEE\xEF\xF0\xF1\xF2" );
	}

	/**
	 * UTF-16 code units of a text; what is no UTF-8 becomes U+FFFD, byte by byte.
	 *
	 * @param string $text UTF-8.
	 * @return int[]
	 */
	public static function units( $text ) {
		$units  = array();
		$length = strlen( $text );
		for ( $at = 0; $at < $length; ) {
			$first = ord( $text[ $at ] );
			++$at;
			if ( $first < 0x80 ) {
				$units[] = $first;
				continue;
			}
			$more = $first >= 0xF0 ? 3 : ( $first >= 0xE0 ? 2 : 1 );
			$rest = substr( $text, $at, $more );
			if ( $first < 0xC2 || $first > 0xF4 || ! preg_match( '/^[\x80-\xBF]{' . $more . '}$/D', $rest ) ) {
				$units[] = 0xFFFD;
				continue;
			}
			$point = $first & ( 0x3F >> $more );
			for ( $next = 0; $next < $more; ++$next ) {
				$point = ( $point << 6 ) | ( ord( $rest[ $next ] ) & 0x3F );
			}
			$at += $more;
			if ( $point < 0x10000 ) {
				$units[] = $point;
				continue;
			}
			$units[] = 0xD800 | ( ( $point - 0x10000 ) >> 10 );
			$units[] = 0xDC00 | ( ( $point - 0x10000 ) & 0x3FF );
		}
		return $units;
	}

	/**
	 * The text without the white space that ECMAScript's `trim` takes off; '' for what is no UTF-8.
	 *
	 * @param string $text UTF-8.
	 * @return string
	 */
	public static function trim( $text ) {
		$space = '[\t\n\x0B\f\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}]+';
		return (string) preg_replace( "/^{$space}|{$space}$/uD", '', $text );
	}
}
