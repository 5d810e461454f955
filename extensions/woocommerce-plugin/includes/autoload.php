<?php
/**
 * Loads the plugin's classes from the files that are named after them.
 *
 * @package Trellis\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

// Packed plugins bring a list of their classes: no file is looked for.
$trellis_class_map = is_readable( __DIR__ . '/class-map.php' ) ? require __DIR__ . '/class-map.php' : array();

spl_autoload_register(
	/**
	 * Maps `Trellis\WooCommerce\Incentives\Price_Cart` to `incentives/class-price-cart.php` in this folder.
	 *
	 * @param string $name Full name of a class.
	 */
	static function ( $name ) use ( $trellis_class_map ) {
		if ( isset( $trellis_class_map[ $name ] ) ) {
			require __DIR__ . $trellis_class_map[ $name ];
			return;
		}
		$prefix = 'Trellis\\WooCommerce\\';
		if ( $trellis_class_map || 0 !== strpos( $name, $prefix ) ) {
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
