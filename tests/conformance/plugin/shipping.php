<?php
/**
 * Free shipping beside a code of the shopper: what the parcel costs decides which of them stands. Repeats in short what
 * WooCommerce's cart and session do.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Pricing\Cart_Coupons;
use Trellis\WooCommerce\Pricing\Earned;
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
	return 'trellis_discount' === $name ? json_encode( array( 'configs' => $GLOBALS['told']['configs'] ) ) : $instead;
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
	public function __construct( $cost, array $taxes ) {
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
final class WC_Coupon {
	private $code;
	public function __construct( $code ) {
		$this->code = $code;
	}
	public function get_code() {
		return $this->code;
	}
	public function get_individual_use() {
		return true;
	}
	public function get_free_shipping() {
		return false;
	}
	public function is_type() {
		return false;
	}
	public function get_product_ids() {
		return array();
	}
	public function get_product_categories() {
		return array();
	}
}
/** The code's number is what it takes off. */
final class WC_Discounts {
	private $off = 0;
	public function apply_coupon( $coupon ) {
		$this->off = (float) $coupon->get_code();
	}
	public function get_discounts_by_item() {
		return array( $this->off );
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
	public $applied;
	public $ships = true;
	public $runs  = 0;
	public $paid  = array();
	/** Costs of the rates of each parcel, without and with their tax. */
	public $parcels = array(
		array(
			'flat_rate:1' => array( '5.00', '0.95' ),
			'express:2'   => array( '10.00', '0' ),
		),
	);
	public function __construct( array $applied ) {
		$this->applied = $applied;
	}
	public function get_cart() {
		$line = array(
			'data'       => new WC_Product(),
			'product_id' => 1,
			'quantity'   => 1,
		);
		return array( 'k' => $line );
	}
	public function get_applied_coupons() {
		return $this->applied;
	}
	public function set_applied_coupons( array $codes ) {
		$this->applied = $codes;
	}
	public function get_coupons() {
		return array();
	}
	public function needs_shipping() {
		return $this->ships;
	}
	public function display_prices_including_tax() {
		return true;
	}
	public function calculate_totals() {
		++$this->runs;
		Cart_Coupons::put_on( $this );
		$packages   = Shipping::mark( array_fill( 0, count( $this->parcels ), array() ) );
		$this->paid = array();
		foreach ( $this->parcels as $at => $rates ) {
			foreach ( $rates as $id => list( $cost, $tax ) ) {
				$rates[ $id ] = new WC_Shipping_Rate( $cost, array( 1 => $tax ) );
			}
			foreach ( Shipping::make_free( $rates, $packages[ $at ] ) as $id => $rate ) {
				$this->paid[ $at ][ $id ] = (float) $rate->get_cost() + (float) array_sum( $rate->get_taxes() );
			}
		}
		Shipping::look_again( $this );
	}
}

/**
 * The cart after one calculation, and after another one.
 */
function after( array $codes, $chosen = null, $ships = true, $parcels = null ) {
	$cart           = new WC_Cart( $codes );
	$cart->ships    = $ships;
	$cart->parcels  = $parcels ? $parcels : $cart->parcels;
	$GLOBALS['woo'] = (object) array(
		'cart'    => $cart,
		'session' => new Session(),
	);
	$GLOBALS['woo']->session->set( 'chosen_shipping_methods', $chosen );
	$seen = array();
	foreach ( array( 1, 2 ) as $time ) {
		$cart->runs = 0;
		$cart->calculate_totals();
		$seen[] = array(
			'free'     => null !== Shipping::goal(),
			'rejected' => Earned::now()->rejected,
			'paid'     => $parcels ? $cart->paid : $cart->paid[0]['flat_rate:1'],
			'runs'     => $cart->runs,
		);
	}
	return $seen;
}

if ( isset( $told['carts'] ) ) {
	$seen = array();
	foreach ( $told['carts'] as $name => $cart ) {
		$seen[ $name ] = after( array(), $cart['chosen'], true, $cart['parcels'] );
	}
	echo json_encode( $seen );
	exit;
}
$virtual = after( array( '2' ), null, false );
echo json_encode(
	array(
		'no code'                    => after( array() ),
		'a smaller code'             => after( array( '2' ) ),
		'a larger code'              => after( array( '7' ) ),
		'a dearer parcel was chosen' => after( array( '7' ), array( 'express:2' ) ),
		'an unknown rate was chosen' => after( array( '7' ), array( 'gone:3' ) ),
		'nothing to send'            => $virtual,
	)
);
