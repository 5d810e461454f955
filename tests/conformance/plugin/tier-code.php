<?php
/**
 * The code of a member's tier in a shopper's session. Repeats in short what WooCommerce's cart does with coupons: which it
 * takes out for one that stands alone, what it complains of, and what it runs when.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Codes\Code_Coupons;
use Trellis\WooCommerce\Codes\Tier_Code;
use Trellis\WooCommerce\Pricing\Cart_Coupons;
use Trellis\WooCommerce\Pricing\Other_Coupons;

$told    = json_decode( stream_get_contents( STDIN ), true );
$configs = null;
$user    = 0;
$meta    = array();
$coupons = array();
$notices = array();

function apply_filters( $hook, $value ) {
	return $value;
}
function add_filter() {}
function remove_filter() {}
function __( $text ) {
	return $text;
}
function esc_html__( $text ) {
	return $text;
}
function did_action() {
	return 1;
}
function wp_prime_option_caches() {}
function get_option( $name, $instead = false ) {
	if ( 'trellis_codes' === $name ) {
		return '{"guard":"1;4000;"}';
	}
	return 'trellis_discount' === $name && $GLOBALS['configs'] ? json_encode( array( 'configs' => $GLOBALS['configs'] ) ) : $instead;
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
	return $code;
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function get_current_user_id() {
	return $GLOBALS['user'];
}
function get_user_meta( $id, $key ) {
	return '_trellis_tier_code' === $key && isset( $GLOBALS['meta'][ $id ] ) ? $GLOBALS['meta'][ $id ] : '';
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
/** By code: id, type, alone, ships, ends, limit, used. */
final class WC_Coupon {
	private $code;
	private $is;
	public function __construct( $code ) {
		$this->code = $code;
		$key        = strtolower( $code );
		$this->is   = ( isset( $GLOBALS['coupons'][ $key ] ) ? $GLOBALS['coupons'][ $key ] : array( 'id' => 0 ) ) + array(
			'id'    => 1,
			'type'  => 'trellis_code',
			'alone' => false,
			'ends'  => null,
			'limit' => 0,
			'used'  => 0,
		);
	}
	public function get_id() {
		return $this->is['id'];
	}
	public function get_code() {
		return $this->code;
	}
	public function get_individual_use() {
		return $this->is['alone'];
	}
	public function get_free_shipping() {
		return ! $this->is['alone'];
	}
	public function is_type( $type ) {
		return $type === $this->is['type'];
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
	public function get_minimum_amount() {
		return '';
	}
	public function get_maximum_amount() {
		return '';
	}
	public function get_date_expires() {
		return null === $this->is['ends'] ? null : new DateTime( '@' . $this->is['ends'] );
	}
	public function get_usage_limit() {
		return $this->is['limit'];
	}
	public function get_usage_count() {
		return $this->is['used'];
	}
	public function get_meta() {
		return '1;s;0;0;0;;;EUR';
	}
	public function is_valid() {
		$over = 0 === $this->get_id() || ( $this->is['ends'] && $this->is['ends'] <= time() ) || ( $this->is['limit'] && $this->is['used'] >= $this->is['limit'] );
		try {
			return ! $over && Other_Coupons::is_valid( Code_Coupons::is_valid( true, $this, new WC_Discounts() ), $this, new WC_Discounts() );
		} catch ( Exception $refused ) {
			return false;
		}
	}
}
final class WC_Discounts {
	public function get_object() {
		return WC()->cart;
	}
	public function apply_coupon() {}
	public function get_discounts_by_item() {
		return array();
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
	public $full  = true;
	public $ships = true;
	public $totals = 0;
	public function get_cart() {
		$line = array(
			'data'       => new WC_Product(),
			'product_id' => 1,
			'quantity'   => 1,
		);
		return $this->full ? array( 'k' => $line ) : array();
	}
	public function is_empty() {
		return ! $this->full;
	}
	public function needs_shipping() {
		return $this->ships;
	}
	public function display_prices_including_tax() {
		return true;
	}
	public function get_applied_coupons() {
		return $this->codes;
	}
	public function set_applied_coupons( $codes ) {
		$this->codes = $codes;
	}
	public function calculate_totals() {
		++$this->totals;
		Tier_Code::put_on( $this );
		Cart_Coupons::put_on( $this );
	}
	public function apply_coupon( $code ) {
		$coupon = new WC_Coupon( $code );
		if ( ! $coupon->is_valid() ) {
			$GLOBALS['notices'][] = "{$code} is not valid";
			return;
		}
		if ( in_array( $code, $this->codes, true ) ) {
			$GLOBALS['notices'][] = "{$code} is there";
			return;
		}
		if ( $coupon->get_individual_use() ) {
			$kept = Tier_Code::make_room( array() );
			foreach ( array_diff( $this->codes, $kept ) as $other ) {
				$this->remove_coupon( $other );
			}
		}
		foreach ( $this->codes as $other ) {
			if ( ( new WC_Coupon( $other ) )->get_individual_use() ) {
				$GLOBALS['notices'][] = "{$other} stands alone";
				return;
			}
		}
		$this->codes[] = $code;
		Tier_Code::entered( $code );
	}
	public function remove_coupon( $code ) {
		$this->codes = array_values( array_diff( $this->codes, array( $code ) ) );
		Tier_Code::taken_out( $code );
	}
	public function empty_cart() {
		$this->codes = array();
		$this->full  = false;
	}
}

/** A browser's session begins. */
function begin() {
	$GLOBALS['woo']     = (object) array(
		'cart'     => new WC_Cart(),
		'session'  => new Session(),
		'customer' => null,
	);
	$GLOBALS['notices'] = array();
}
/** One request of it: the cart comes out of the session, WooCommerce looks at its codes, and calculates. */
function request() {
	$cart = WC()->cart;
	Tier_Code::loaded( $cart );
	Tier_Code::put_on_cart();
	Cart_Coupons::put_on_cart();
	foreach ( $cart->codes as $code ) {
		if ( 0 !== strpos( $code, 'trellis:' ) && ! ( new WC_Coupon( $code ) )->is_valid() ) {
			$GLOBALS['notices'][] = "{$code} has been removed";
			$cart->remove_coupon( $code );
		}
	}
	$cart->calculate_totals();
	$codes              = array( implode( ' ', $cart->codes ), implode( ', ', $GLOBALS['notices'] ) );
	$GLOBALS['notices'] = array();
	return '' === $codes[1] ? $codes[0] : implode( ' | ', $codes );
}
/** Everything as it is for a member of a tier. */
function anew() {
	$GLOBALS['configs'] = null;
	$GLOBALS['user']    = 7;
	$GLOBALS['meta']    = array( 7 => 'SHIP-1', 8 => 'SHIP-8' );
	$GLOBALS['coupons'] = array(
		'ship-1' => array(),
		'ship-2' => array(),
		'ship-8' => array(),
		'alone'  => array( 'alone' => true ),
		'theirs' => array( 'type' => 'percent' ),
	);
	begin();
}

$seen = array();
anew();
$seen['a member'] = array( request(), request(), WC()->cart->totals );

anew();
$user          = 0;
$seen['a guest, who logs in, who logs out'] = array( request() );
$user          = 7;
$seen['a guest, who logs in, who logs out'][] = request();
$user          = 0;
$seen['a guest, who logs in, who logs out'][] = request();

anew();
$seen['another customer in the same session'] = array( request() );
$user = 8;
$seen['another customer in the same session'][] = request();
$user = 9;
$seen['another customer in the same session'][] = request();

anew();
$seen['taken out, and again after the order'] = array( request() );
WC()->cart->remove_coupon( 'ship-1' );
$seen['taken out, and again after the order'][] = request();
WC()->cart->empty_cart();
WC()->cart->full = true;
$seen['taken out, and again after the order'][] = request();
begin();
$seen['taken out, and again after the order'][] = request();

anew();
$seen['entered after it was taken out'] = array( request() );
WC()->cart->remove_coupon( 'ship-1' );
WC()->cart->apply_coupon( 'SHIP-1' );
$seen['entered after it was taken out'][] = request();
$seen['entered after it was taken out'][] = array_filter( WC()->session->kept );

anew();
$seen['the next order, with the next code'] = array( request() );
WC()->cart->empty_cart();
$seen['the next order, with the next code'][] = request();
WC()->cart->full = true;
$seen['the next order, with the next code'][] = request();
$meta[7]         = 'SHIP-2';
$seen['the next order, with the next code'][] = request();

foreach ( array(
	'used up'    => array(
		'limit' => 1,
		'used'  => 1,
	),
	'expired'    => array( 'ends' => 1 ),
	'no code'    => array( 'type' => 'percent' ),
	'deleted'    => array( 'id' => 0 ),
) as $what => $change ) {
	anew();
	$seen[ $what ]     = array( request() );
	$coupons['ship-1'] = $change;
	$seen[ $what ][]   = request();
	begin();
	$seen[ $what ][] = request();
}

anew();
$seen['a code that stands alone'] = array( request() );
WC()->cart->apply_coupon( 'alone' );
$seen['a code that stands alone'][] = request();
WC()->cart->remove_coupon( 'alone' );
$seen['a code that stands alone'][] = request();

anew();
$seen['a code that stands with others'] = array( request() );
WC()->cart->apply_coupon( 'theirs' );
$seen['a code that stands with others'][] = request();
WC()->cart->remove_coupon( 'theirs' );
$seen['a code that stands with others'][] = request();

anew();
WC()->cart->ships = false;
$seen['nothing to send'] = request();
anew();
WC()->cart->full = false;
$seen['nothing in the cart'] = request();

foreach ( array( 'together', 'apart', 'free' ) as $what ) {
	anew();
	$configs                    = $told[ $what ];
	$seen[ "offers: {$what}" ]  = array( request(), request() );
	$configs                    = null;
	$seen[ "offers: {$what}" ][] = request();
	$configs                    = $told[ $what ];
	$seen[ "offers: {$what}" ][] = request();
}

// Ways of delivery that do not change with the code: the first one, another, one to fetch it.
foreach ( array( 'flat_rate:1', 'express:2', 'local_pickup:3' ) as $way ) {
	anew();
	WC()->session->kept = array(
		'chosen_shipping_methods'   => array( $way ),
		'previous_shipping_methods' => array( array( 'express:2' === $way ? 'flat_rate:1' : $way, 'free_shipping:7' ) ),
	);
	request();
	$seen[ "chosen: {$way}" ] = WC()->session->get( 'chosen_shipping_methods' );
	WC()->session->set( 'chosen_shipping_methods', array( 'flat_rate:1' ) );
	request();
	$seen[ "chosen: {$way}" ][] = WC()->session->get( 'chosen_shipping_methods' )[0];
}

// A copy of the cart for later payments is left alone.
anew();
$copy        = new WC_Cart();
Tier_Code::loaded( $copy );
Tier_Code::put_on( $copy );
$seen['a copy'] = implode( ' ', $copy->codes );
echo json_encode( $seen );
