<?php
/**
 * What codes with a least amount are worth while a cart is calculated, when WooCommerce has no subtotal yet. Repeats in
 * short what WooCommerce's classes do.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

$filters = array();
function add_filter( $hook, $callback ) {
	$GLOBALS['filters'][ $hook ][] = $callback;
}
function remove_filter( $hook ) {
	unset( $GLOBALS['filters'][ $hook ] );
}
function apply_filters( $hook, $value, ...$more ) {
	foreach ( isset( $GLOBALS['filters'][ $hook ] ) ? $GLOBALS['filters'][ $hook ] : array() as $callback ) {
		$value = $callback( $value, ...$more );
	}
	return $value;
}
function wc_get_price_including_tax( $product, $of ) {
	return $product->price * $of['qty'];
}
function wc_get_price_excluding_tax( $product, $of ) {
	return $product->price * $of['qty'] / 1.25;
}
function wc_get_price_decimals() {
	return 2;
}
final class WC_Product {
	public $price = 20.0;
}
final class WC_Cart {
	public $with_tax = true;
	public function get_cart() {
		return array( array( 'data' => new WC_Product(), 'quantity' => 2 ) );
	}
	public function get_applied_coupons() {
		return array();
	}
	public function display_prices_including_tax() {
		return $this->with_tax;
	}
}
final class WC_Coupon {
	public $least;
	public $most;
	public function __construct( $least, $most ) {
		$this->least = $least;
		$this->most  = $most;
	}
	public function get_code() {
		return 'code';
	}
	public function get_individual_use() {
		return false;
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
	public function get_minimum_amount() {
		return $this->least;
	}
	public function get_maximum_amount() {
		return $this->most;
	}
}
/** In the middle of a calculation: the subtotal is 0. */
final class WC_Discounts {
	private $off = array();
	public function apply_coupon( $coupon ) {
		$below     = $coupon->get_minimum_amount() > 0 && apply_filters( 'woocommerce_coupon_validate_minimum_amount', $coupon->get_minimum_amount() > 0, $coupon, 0 );
		$above     = $coupon->get_maximum_amount() > 0 && apply_filters( 'woocommerce_coupon_validate_maximum_amount', $coupon->get_maximum_amount() < 0, $coupon );
		$this->off = $below || $above ? array() : array( 2.5 );
	}
	public function get_discounts_by_item() {
		return $this->off;
	}
}

$read  = array(
	'currency' => 'EUR',
	'rate'     => '1',
);
$worth = static function ( $least, $most, $with_tax = true ) use ( $read ) {
	$cart           = new WC_Cart();
	$cart->with_tax = $with_tax;
	return Trellis\WooCommerce\Pricing\Other_Coupons::codes( $cart, $read, new WC_Coupon( $least, $most ) )[0]['value']['minor'];
};
echo json_encode(
	array(
		'from 40'             => $worth( '40.00', '' ),
		'from 40.01'          => $worth( '40.01', '' ),
		'up to 40'            => $worth( '', '40.00' ),
		'up to 39'            => $worth( '', '39.00' ),
		'from 40, tax apart'  => $worth( '40.00', '', false ),
		'from 32, tax apart'  => $worth( '32.00', '', false ),
		'without any'         => $worth( '', '' ),
		'nothing stays hooked' => array() === $filters,
	)
);
