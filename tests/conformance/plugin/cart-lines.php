<?php
/**
 * Which lines of a cart count for what it earns: the price, the Store API's data and the bar of a page say the same.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Pricing\Cart_Reader;
use Trellis\WooCommerce\Storefront\Cart_Data;
use Trellis\WooCommerce\Storefront\Runtime\Cart_Drop;

function apply_filters( $hook, $value, $product = null ) {
	return 'trellis_is_gift_card' === $hook && 'voucher' === $product->get_type() ? true : ( 'trellis_visitor' === $hook ? '' : $value );
}
function get_option( $name, $instead = false ) {
	return $instead;
}
function get_woocommerce_currency() {
	return 'EUR';
}
function wc_prices_include_tax() {
	return true;
}
function wc_get_price_including_tax( $product, $of = array( 'qty' => 1 ) ) {
	return 10.0 * $of['qty'];
}
function has_filter() {
	return false;
}
function WC() {
	return (object) array( 'session' => null );
}
function wp_strip_all_tags( $text ) {
	return $text;
}
final class WC_Product_Factory {
	public static function get_product_type( $id ) {
		return 9 === $id ? 'gift-card' : 'variable';
	}
}
final class WC_Product {
	private $type;
	private $parent;
	public function __construct( $type, $parent = 0 ) {
		$this->type   = $type;
		$this->parent = $parent;
	}
	public function get_type() {
		return $this->type;
	}
	public function get_parent_id() {
		return $this->parent;
	}
	public function get_price() {
		return 10.0;
	}
	public function get_name() {
		return 'Thing';
	}
}
final class WC_Cart {
	public $items;
	public function __construct( array $items ) {
		$this->items = $items;
	}
	public function get_cart() {
		return $this->items;
	}
	public function display_prices_including_tax() {
		return true;
	}
}

$line  = static function ( WC_Product $product, array $more = array() ) {
	$item = array(
		'data'         => $product,
		'product_id'   => 1,
		'variation_id' => 0,
		'quantity'     => 2,
	);
	return $item + $more;
};
$items = array(
	'simple'                    => $line( new WC_Product( 'simple' ) ),
	'variation'                 => $line( new WC_Product( 'variation', 8 ) ),
	'gift card'                 => $line( new WC_Product( 'gift-card' ) ),
	'variation of a gift card'  => $line( new WC_Product( 'variation', 9 ) ),
	'said by another plugin'    => $line( new WC_Product( 'voucher' ) ),
	'subscription'              => $line( new WC_Product( 'subscription_variation' ) ),
	'bought again by a scheme'  => $line( new WC_Product( 'simple' ), array( 'wcsatt_data' => array( 'active_subscription_scheme' => '1_month' ) ) ),
	'a scheme that was not taken' => $line( new WC_Product( 'simple' ), array( 'wcsatt_data' => array( 'active_subscription_scheme' => false ) ) ),
);
$cart  = new WC_Cart( $items );
$read  = Cart_Reader::read( $cart, 'EUR' )['lines'];
$shown = ( new Cart_Drop( $cart ) )->get( 'items' );
$told  = array();
foreach ( array_keys( $items ) as $at => $name ) {
	$told[ $name ] = array(
		! $read[ $at ]['giftCard'] && ! $read[ $at ]['sellingPlan'],
		Cart_Data::of_line( $items[ $name ] )['counts'],
		! $shown[ $at ]['gift_card'] && null === $shown[ $at ]['selling_plan_allocation'],
	);
}
echo json_encode( $told );
