<?php
/**
 * Prices carts with the plugin's rules: a line of JSON in, a line of JSON out. Every warning ends it.
 *
 * @package Trellis\WooCommerce
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

set_error_handler(
	static function ( $level, $message, $file, $line ) {
		throw new ErrorException( $message, 0, $level, $file, $line );
	}
);

while ( true ) {
	$text = fgets( STDIN );
	if ( false === $text ) {
		break;
	}
	$case   = json_decode( $text, true );
	$priced = Trellis\WooCommerce\Incentives\Price_Cart::price( $case['cart'], $case['configs'] );
	echo json_encode( $priced, JSON_THROW_ON_ERROR ), "\n";
}
