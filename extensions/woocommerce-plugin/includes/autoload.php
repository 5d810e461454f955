<?php
/**
 * Loads the plugin's classes from the files that are named after them.
 *
 * @package Trellis\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	/**
	 * Maps `Trellis\WooCommerce\Incentives\Price_Cart` to `incentives/class-price-cart.php` in this folder.
	 *
	 * @param string $name Full name of a class.
	 */
	static function ( $name ) {
		$prefix = 'Trellis\\WooCommerce\\';
		if ( 0 !== strpos( $name, $prefix ) ) {
			return;
		}
		$parts = explode( '\\', strtolower( str_replace( '_', '-', substr( $name, strlen( $prefix ) ) ) ) );
		$file  = 'class-' . array_pop( $parts ) . '.php';
		$path  = __DIR__ . '/' . ( $parts ? implode( '/', $parts ) . '/' : '' ) . $file;
		if ( is_readable( $path ) ) {
			require $path;
		}
	}
);
