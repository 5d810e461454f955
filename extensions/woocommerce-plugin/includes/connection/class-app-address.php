<?php
/**
 * Which addresses an app may have.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * Reads addresses of apps. Needs no WordPress.
 */
final class App_Address {

	/**
	 * The origin of an address, or '' where it is none that we would send anything to.
	 *
	 * @param string $address  What was typed, configured or handed over.
	 * @param bool   $is_local True lets plain http to this machine in.
	 */
	public static function clean( $address, $is_local ) {
		$parts = parse_url( trim( $address ) ); // phpcs:ignore WordPress.WP.AlternativeFunctions.parse_url_parse_url -- needs no WordPress.
		if ( ! is_array( $parts ) || ! isset( $parts['scheme'], $parts['host'] ) || isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return '';
		}
		$scheme = strtolower( $parts['scheme'] );
		$host   = strtolower( $parts['host'] );
		if ( ! preg_match( '/^[a-z0-9.-]+$/', $host ) || ( isset( $parts['path'] ) && '/' !== $parts['path'] ) ) {
			return '';
		}
		$near = in_array( $host, array( 'localhost', '127.0.0.1' ), true );
		if ( 'https' !== $scheme && ! ( 'http' === $scheme && $is_local && $near ) ) {
			return '';
		}
		return $scheme . '://' . $host . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
	}

	/**
	 * True where a link leads to the app and nowhere else.
	 *
	 * @param string $link    An address that the app answered with.
	 * @param string $app_url The app's own.
	 */
	public static function leads_to( $link, $app_url ) {
		return '' !== $app_url && 0 === strpos( $link, $app_url . '/' ) && ! preg_match( '/[\x00-\x20\\\\]/', $link );
	}
}
