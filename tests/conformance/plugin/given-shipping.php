<?php
/**
 * What the plugin notes on an order of the shipping that it gave away, and which ways of delivery it closes where the goods
 * cannot bear that they are free. Repeats in short what WooCommerce's cart, session and shipping methods say.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Codes\Code_Coupons;
use Trellis\WooCommerce\Pricing\Order_Items;
use Trellis\WooCommerce\Pricing\Shipping;

$told = json_decode( stream_get_contents( STDIN ), true );

function apply_filters( $hook, $value ) {
	return $value;
}
function add_filter() {}
function remove_filter() {}
function has_filter() {
	return false;
}
function did_action() {
	return 1;
}
function wp_prime_option_caches() {}
function get_option( $name, $instead = false ) {
	if ( 'trellis_codes' === $name ) {
		return '{"guard":"1;4000;"}';
	}
	return 'trellis_discount' === $name && $GLOBALS['goal'] ? json_encode( array( 'configs' => $GLOBALS['told']['configs'] ) ) : $instead;
}
function get_woocommerce_currency() {
	return 'EUR';
}
function wc_prices_include_tax() {
	return true;
}
function wc_get_price_including_tax( $product ) {
	return $product->get_price();
}
function wc_get_price_decimals() {
	return 2;
}
function wc_format_coupon_code( $code ) {
	return strtolower( $code );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function WC() {
	return $GLOBALS['woo'];
}

final class WC_Product {
	public function get_price() {
		return 60.0;
	}
	public function get_type() {
		return 'simple';
	}
}
final class WC_Shipping_Rate {
	private $cost;
	private $taxes;
	public function __construct( $cost, array $taxes = array() ) {
		$this->cost  = $cost;
		$this->taxes = $taxes;
	}
	public function get_cost() {
		return $this->cost;
	}
	public function set_cost( $cost ) {
		$this->cost = $cost;
	}
	public function get_taxes() {
		return $this->taxes;
	}
	public function set_taxes( $taxes ) {
		$this->taxes = $taxes;
	}
}
/** Ours where its code begins with "our"; all of them make shipping free. */
final class WC_Coupon {
	private $code;
	public function __construct( $code ) {
		$this->code = $code;
	}
	public function get_code() {
		return $this->code;
	}
	public function get_individual_use() {
		return false;
	}
	public function get_free_shipping() {
		return true;
	}
	public function is_type( $type ) {
		return 'trellis_code' === $type && 0 === strpos( $this->code, 'our' );
	}
	public function get_product_ids() {
		return array();
	}
	public function get_product_categories() {
		return array();
	}
	public function get_amount() {
		return 0;
	}
	public function get_meta() {
		return '1;s;0;0;0;;;EUR';
	}
}
final class WC_Discounts {
	public function apply_coupon() {}
	public function get_discounts_by_item() {
		return array();
	}
}
final class WC_Shipping_Zones {
	public static function get_shipping_method( $id ) {
		return isset( $GLOBALS['methods'][ $id ] ) ? (object) $GLOBALS['methods'][ $id ] : false;
	}
}
final class Session {
	public $kept = array();
	public function get( $name ) {
		return isset( $this->kept[ $name ] ) ? $this->kept[ $name ] : null;
	}
	public function set( $name, $value ) {
		$this->kept[ $name ] = $value;
	}
}
final class WC_Cart {
	public $codes = array();
	public $ships = true;
	/** What coupons take off the goods, with the tax in it. */
	public $off  = 0.0;
	public $runs = 0;
	/** Ids of the rates of each package that are left. */
	public $left = array();
	public $parcels;
	public function get_cart() {
		$line = array(
			'data'       => new WC_Product(),
			'product_id' => 1,
			'quantity'   => 1,
		);
		return array( 'k' => $line );
	}
	public function get_applied_coupons() {
		return $this->codes;
	}
	public function set_applied_coupons() {}
	public function get_coupons() {
		return array_map(
			static function ( $code ) {
				return new WC_Coupon( $code );
			},
			$this->codes
		);
	}
	public function get_coupon_discount_totals() {
		return array( 'x' => round( $this->off / 1.19, 2 ) );
	}
	public function get_coupon_discount_tax_totals() {
		return array( 'x' => $this->off - round( $this->off / 1.19, 2 ) );
	}
	public function calculate_totals() {
		calculate( $this );
	}
	public function needs_shipping() {
		return $this->ships;
	}
	public function display_prices_including_tax() {
		return true;
	}
	public function get_displayed_subtotal() {
		return 60.0;
	}
	public function get_discount_total() {
		return 10.0;
	}
	public function get_discount_tax() {
		return 2.0;
	}
}
final class WC_Order {
	public $meta = array( '_trellis_shipping_off' => 'of an earlier draft' );
	public function update_meta_data( $key, $value ) {
		$this->meta[ $key ] = $value;
	}
	public function delete_meta_data( $key ) {
		unset( $this->meta[ $key ] );
	}
	public function get_id() {
		return 0;
	}
}

/** Works out shipping as the end of each calculation does. */
function calculate( WC_Cart $cart ) {
	++$cart->runs;
	Trellis\WooCommerce\Pricing\Earned::again( $cart );
	$packages   = Shipping::mark( array_fill( 0, count( $cart->parcels ), array() ) );
	$cart->left = array();
	foreach ( $cart->parcels as $at => $costs ) {
		$rates            = array_map(
			static function ( $cost ) {
				return new WC_Shipping_Rate( $cost );
			},
			$costs
		);
		$cart->left[ $at ] = array_keys( Shipping::make_free( $rates, $packages[ $at ] ) );
	}
	Shipping::look_again( $cart );
}

/** Which ways are left of these, and whether the code says that it is reduced; after one calculation and after another. */
function left( array $codes, $off, array ...$parcels ) {
	$GLOBALS['goal'] = false;
	$cart            = new WC_Cart();
	$cart->codes     = $codes;
	$cart->off       = $off;
	$cart->parcels   = $parcels;
	$GLOBALS['woo']  = (object) array(
		'cart'    => $cart,
		'session' => new Session(),
	);
	$seen = array();
	foreach ( array( 1, 2 ) as $time ) {
		$cart->calculate_totals();
		$seen[] = array( $cart->left, Code_Coupons::is_reduced( new WC_Coupon( $codes[0] ) ) );
	}
	return $seen[0] === $seen[1] ? $seen[0] : $seen;
}

$methods = array(
	7  => array( 'requires' => 'coupon' ),
	8  => array(
		'requires'         => 'either',
		'min_amount'       => '50',
		'ignore_discounts' => 'no',
	),
	9  => array(
		'requires'         => 'either',
		'min_amount'       => '50',
		'ignore_discounts' => 'yes',
	),
	10 => array( 'requires' => '' ),
);

/** What the order notes after rates were worked out for so many parcels and one was chosen for each. */
function noted( $goal, array $codes, $chosen, $parcels = 1, $ships = true ) {
	$GLOBALS['goal'] = $goal;
	$cart            = new WC_Cart();
	$cart->codes     = $codes;
	$cart->ships     = $ships;
	$GLOBALS['woo']  = (object) array(
		'cart'    => $cart,
		'session' => new Session(),
	);
	Trellis\WooCommerce\Pricing\Earned::again( $cart );
	foreach ( Shipping::mark( array_fill( 0, $parcels, array() ) ) as $package ) {
		$rates = array(
			'flat_rate:1'    => new WC_Shipping_Rate( '5.00', array( 1 => '0.95' ) ),
			'express:2'      => new WC_Shipping_Rate( '30.00' ),
			'local_pickup:3' => new WC_Shipping_Rate( '0' ),
		);
		foreach ( array_keys( $GLOBALS['methods'] ) as $id ) {
			$rates[ 'free_shipping:' . $id ] = new WC_Shipping_Rate( '0' );
		}
		Shipping::make_free( $rates, $package );
	}
	$GLOBALS['woo']->session->set( 'chosen_shipping_methods', array_fill( 0, $parcels, $chosen ) );
	$order = new WC_Order();
	Order_Items::on_order( $order );
	return isset( $order->meta['_trellis_shipping_off'] ) ? $order->meta['_trellis_shipping_off'] : null;
}

$noted = array(
	'nothing of ours'                         => noted( false, array(), 'flat_rate:1' ),
	'a goal'                                  => noted( true, array(), 'flat_rate:1' ),
	'a goal, two parcels'                     => noted( true, array(), 'flat_rate:1', 2 ),
	'a goal, parcels too dear together'        => noted( true, array(), 'flat_rate:1', 4 ),
	'a goal, and a way too dear for it'       => noted( true, array(), 'express:2' ),
	'a goal, fetched by the shopper'          => noted( true, array(), 'local_pickup:3' ),
	'a goal, nothing to send'                 => noted( true, array(), 'flat_rate:1', 1, false ),
	'a goal, a way that is gone'              => noted( true, array(), 'gone:4' ),
	'our code'                                => noted( false, array( 'our-1' ), 'free_shipping:7' ),
	'our code, another way chosen'            => noted( false, array( 'our-1' ), 'express:2' ),
	'our code beside one of the store'        => noted( false, array( 'our-1', 'theirs' ), 'free_shipping:7' ),
	'a code of the store'                     => noted( false, array( 'theirs' ), 'free_shipping:7' ),
	'our code, free for everybody'            => noted( false, array( 'our-1' ), 'free_shipping:10' ),
	'our code, too little after discounts'    => noted( false, array( 'our-1' ), 'free_shipping:8' ),
	'our code, free from this subtotal on'    => noted( false, array( 'our-1' ), 'free_shipping:9' ),
	'our code, a method that nobody knows of' => noted( false, array( 'our-1' ), 'free_shipping:11' ),
);

$flat = array(
	'flat_rate:1'     => '6.00',
	'express:2'       => '30.00',
	'free_shipping:7' => '0',
);
$dear = array( 'flat_rate:1' => '24.01' ) + $flat;
$most = array( 'flat_rate:1' => '24.00' ) + $flat;
$half = array( 'flat_rate:1' => '12.00' ) + $flat;
$open = array( 'free_shipping:10' => '0' ) + $dear;
$only = array( 'free_shipping:7' => '0' );
// 40 % of 60.00 may come off.
$left = array(
	'what the goods can bear'             => left( array( 'our-1' ), 0, $most ),
	'what they cannot'                    => left( array( 'our-1' ), 0, $dear ),
	'what they can beside what came off'  => left( array( 'our-1' ), 18.0, $flat ),
	'what they cannot beside it'          => left( array( 'our-1' ), 18.01, $flat ),
	'two parcels that they can bear'      => left( array( 'our-1' ), 0, $half, $half ),
	'two parcels too dear together'       => left( array( 'our-1' ), 0, $half, array( 'flat_rate:1' => '12.01' ) + $half ),
	'what is free for everybody'          => left( array( 'our-1' ), 0, $open ),
	'what a code of the store opens, too' => left( array( 'our-1', 'theirs' ), 0, $dear ),
	'what a code of the store opens'      => left( array( 'theirs' ), 0, $dear ),
	'what has no other price'             => left( array( 'our-1' ), 0, $only ),
);
echo json_encode(
	array(
		'noted' => $noted,
		'left'  => $left,
	)
);
