<?php
/**
 * Offers as pages in other currencies show them, with as little of WooCommerce as the plugin asks for.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

$paid_in = 'EUR';
$rates   = array(
	'USD' => 1.25,
	'JPY' => 164.7,
);

function get_woocommerce_currency() {
	return $GLOBALS['paid_in'];
}

/** What a currency plugin tells. */
function apply_filters( $hook, $value, ...$of ) {
	return 'trellis_exchange_rate' === $hook && isset( $GLOBALS['rates'][ $of[1] ] ) ? $GLOBALS['rates'][ $of[1] ] : $value;
}

function has_filter() {
	return false;
}

$offers = json_decode( file_get_contents( 'php://stdin' ) );
$shown  = array();
foreach ( array( 'EUR', 'USD', 'JPY', 'GBP' ) as $paid_in ) {
	$shown[ $paid_in ] = Trellis\WooCommerce\Storefront\Runtime\Offer_Money::in_currency( $offers );
}
echo json_encode( $shown, JSON_THROW_ON_ERROR );
