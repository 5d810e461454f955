<?php
/**
 * Pages in other currencies, with as little of WooCommerce as the plugin asks for: the price of an offer after a purchase,
 * and what a bundle's page asks the app, of which answers are kept. A line of JSON in (the offered product), a line of JSON out.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

class WC_Product {
	public function get_price_html() {
		return 'store';
	}
	public function get_price_suffix() {
		return '';
	}
}

/** The app: says what it was asked. */
class App {
	public static function call( $kind, $method, $path, $query ) {
		return array( 'html' => $path . ' ' . implode( ' ', $query ) );
	}
}
class_alias( 'App', 'Trellis\WooCommerce\Connection\Pause' );

$paid_in    = 'EUR';
$transients = array();
$told       = array(
	'USD'  => 1.0837,
	'JPY'  => 170.25,
	// What no pair of currencies ever had, and a currency that has no code of ISO 4217.
	'SEK'  => 1e-15,
	'NOK'  => 1e15,
	'DKK'  => 'NAN',
	'PLN'  => NAN,
	'USDT' => 1.0837,
);

function determine_locale() {
	return 'en_US';
}

function wp_using_ext_object_cache() {
	return true;
}

function get_transient( $name ) {
	return isset( $GLOBALS['transients'][ $name ] ) ? $GLOBALS['transients'][ $name ] : false;
}

function set_transient( $name, $value ) {
	$GLOBALS['transients'][ $name ] = $value;
}

function get_woocommerce_currency() {
	return $GLOBALS['paid_in'];
}

function get_option( $name, $instead = false ) {
	return 'woocommerce_currency' === $name ? 'EUR' : $instead;
}

function has_filter() {
	return false;
}

/** What a currency plugin tells; one that fails must cost the shopper nothing. */
function apply_filters( $hook, $value, ...$of ) {
	if ( 'trellis_exchange_rate' === $hook && 'CHF' === $of[1] ) {
		throw new RuntimeException( 'no rate' );
	}
	return 'trellis_exchange_rate' === $hook && isset( $GLOBALS['told'][ $of[1] ] ) ? $GLOBALS['told'][ $of[1] ] : $value;
}

function wc_get_logger() {
	return new class() {
		public function error() {}
	};
}

function wc_get_price_to_display( $product, $asked ) {
	return $asked['price'];
}

function wc_format_sale_price( $before, $now ) {
	return $before . ' ' . $now;
}

/** Calls what only its own class may call. */
function inside( $of, $method, ...$given ) {
	$found = new ReflectionMethod( $of, $method );
	if ( PHP_VERSION_ID < 80100 ) {
		$found->setAccessible( true );
	}
	return $found->invoke( null, ...$given );
}

$offered = json_decode( file_get_contents( 'php://stdin' ), true );
$shown   = array();
foreach ( array( 'EUR', 'USD', 'JPY', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'USDT' ) as $paid_in ) {
	$shown[ $paid_in ] = array(
		'asked' => (object) inside( 'Trellis\WooCommerce\Storefront\Bundle_Page', 'presentment' ),
		'price' => inside( 'Trellis\WooCommerce\Orders\Offers_View', 'price', new WC_Product(), $offered ),
	);
}
// Somebody who pays in the shop's currency asks for a page whose name reads like another one in dollars.
$pages = array();
foreach ( array( array( 'EUR', 'USD 1.0837tea' ), array( 'USD', 'tea' ), array( 'EUR', 'tea' ) ) as list( $paid_in, $name ) ) {
	$pages[] = inside( 'Trellis\WooCommerce\Storefront\Bundle_Page', 'fetch', $name )['html'];
}
echo json_encode(
	array(
		'shown' => $shown,
		'pages' => $pages,
	),
	JSON_THROW_ON_ERROR
);
