<?php
/**
 * Puts carts through the plugin's pricing as WooCommerce does: a line of JSON in, a line of JSON out. What WooCommerce's own
 * classes do with a coupon of a custom type is repeated here in short (WC_Cart, WC_Cart_Totals, WC_Discounts).
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

/** What the store at hand is like. */
final class Store {
	public static $hooks = array();
	public static $told  = array();
	public static $log   = array();
	public static $cart;
}

function add_filter( $hook, $callback, $priority = 10, $arguments = 1 ) {
	Store::$hooks[ $hook ][ $priority ][] = array( $callback, $arguments );
}
function add_action( $hook, $callback, $priority = 10, $arguments = 1 ) {
	add_filter( $hook, $callback, $priority, $arguments );
}
function remove_filter( $hook, $callback, $priority = 10 ) {
	foreach ( Store::$hooks[ $hook ][ $priority ] as $at => list( $known ) ) {
		if ( $known === $callback ) {
			unset( Store::$hooks[ $hook ][ $priority ][ $at ] );
		}
	}
}
function apply_filters( $hook, ...$values ) {
	$hooked = isset( Store::$hooks[ $hook ] ) ? Store::$hooks[ $hook ] : array();
	ksort( $hooked );
	foreach ( array_merge( ...array_values( $hooked ) ) as list( $callback, $arguments ) ) {
		$values[0] = $callback( ...array_slice( $values, 0, $arguments ) );
	}
	return $values[0];
}
function has_filter() {
	return false;
}
function did_action() {
	return 1;
}
function wp_prime_option_caches() {}
function get_option( $name, $instead = false ) {
	if ( 'trellis_codes' === $name ) {
		return json_encode( array( 'guard' => isset( Store::$told['guard'] ) ? Store::$told['guard'] : null ) );
	}
	return 'trellis_discount' === $name ? json_encode( Store::$told['published'] ) : $instead;
}
function get_woocommerce_currency() {
	return Store::$told['currency'];
}
function wc_get_price_decimals() {
	return Store::$told['decimals'];
}
function wc_prices_include_tax() {
	return false;
}
function wc_get_price_excluding_tax( $product, $of ) {
	return (float) $product->get_price() * $of['qty'];
}
function esc_html__( $text ) {
	return $text;
}
function get_current_user_id() {
	return 0;
}
function wc_format_coupon_code( $code ) {
	return strtolower( $code );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function WC() {
	return (object) array(
		'cart'    => Store::$cart,
		'session' => null,
	);
}
function wc_get_logger() {
	return new class() {
		public function error( $message ) {
			Store::$log[] = $message;
		}
	};
}

class WC_Product {
	private $line;
	public function __construct( array $line ) {
		$this->line = $line;
	}
	public function get_price() {
		return $this->line['price'];
	}
	public function get_type() {
		return $this->line['type'];
	}
}

class WC_Product_Factory {}

class WC_Cart {
	private $items   = array();
	private $applied = array();
	public function __construct( array $lines ) {
		foreach ( $lines as $line ) {
			$this->items[ $line['key'] ] = $line + array( 'data' => new WC_Product( $line ) );
		}
		// Codes of ours that the shopper typed.
		$this->applied = array_keys( isset( Store::$told['coupons'] ) ? Store::$told['coupons'] : array() );
	}
	public function get_cart() {
		return $this->items;
	}
	public function get_applied_coupons() {
		return $this->applied;
	}
	public function display_prices_including_tax() {
		return false;
	}
	public function set_applied_coupons( array $codes ) {
		$this->applied = $codes;
	}
}

class WC_Coupon {
	private $code;
	private $props;
	public function __construct( $code ) {
		$this->code  = $code;
		$this->props = isset( Store::$told['coupons'][ $code ] ) ? array(
			'discount_type' => 'trellis_code',
			'free_shipping' => false,
			'config'        => Store::$told['coupons'][ $code ],
		) : apply_filters( 'woocommerce_get_shop_coupon_data', false, $code, $this );
	}
	public function get_individual_use() {
		return isset( $this->props['config'] );
	}
	public function get_free_shipping() {
		return $this->ships_free();
	}
	public function get_meta() {
		return $this->props['config'];
	}
	public function get_code() {
		return $this->code;
	}
	public function is_type( $type ) {
		return $this->props && $this->props['discount_type'] === $type;
	}
	public function ships_free() {
		return (bool) $this->props && $this->props['free_shipping'];
	}
}

/** In minor units of the store's decimals, as WooCommerce reckons. */
class WC_Discounts {
	private $cart;
	private $left = array();
	private $off  = array();
	public function __construct( WC_Cart $cart ) {
		$this->cart = $cart;
		foreach ( $cart->get_cart() as $key => $item ) {
			$this->left[ $key ] = (float) $item['data']->get_price() * $item['quantity'] * 10 ** wc_get_price_decimals();
		}
	}
	public function get_object() {
		return $this->cart;
	}
	/** What it takes off each line. */
	public function apply_coupon( WC_Coupon $coupon ) {
		$available = array();
		foreach ( $this->cart->get_cart() as $key => $item ) {
			$each              = (float) $item['data']->get_price();
			$amount            = apply_filters( 'woocommerce_coupon_get_discount_amount', 0, $each, $item, true, $coupon );
			$available[ $key ] = round( min( $this->left[ $key ], $amount * $item['quantity'] * 10 ** wc_get_price_decimals() ) );
		}
		$off = apply_filters( 'woocommerce_coupon_custom_discounts_array', $available, $coupon );
		foreach ( $off as $key => $minor ) {
			$this->left[ $key ] -= $minor;
			$this->off[ $key ]   = ( isset( $this->off[ $key ] ) ? $this->off[ $key ] : 0 ) + $minor;
		}
		return $off;
	}
	public function get_discounts_by_item() {
		return array_map(
			static function ( $minor ) {
				return $minor / 10 ** wc_get_price_decimals();
			},
			$this->off
		);
	}
}

/**
 * What coupons take off each line of a cart, in minor units of the store's decimals.
 */
function discounts( WC_Cart $cart ) {
	apply_filters( 'woocommerce_before_calculate_totals', $cart );
	$discounts = new WC_Discounts( $cart );
	$off       = array();
	foreach ( $cart->get_applied_coupons() as $code ) {
		$coupon = new WC_Coupon( $code );
		try {
			apply_filters( 'woocommerce_coupon_is_valid', true, $coupon, $discounts );
		} catch ( Exception $refused ) {
			continue;
		}
		$off[ $code ]             = $discounts->apply_coupon( $coupon );
		$off[ $code ]['shipping'] = $coupon->ships_free();
	}
	return $off;
}

Trellis\WooCommerce\Pricing\Pricing::start();
add_filter( 'woocommerce_coupon_get_discount_amount', array( 'Trellis\WooCommerce\Codes\Code_Coupons', 'all_of_it' ), 10, 5 );
add_filter( 'woocommerce_coupon_custom_discounts_array', array( 'Trellis\WooCommerce\Codes\Code_Coupons', 'amounts' ), 10, 2 );
add_filter(
	'trellis_exchange_rate',
	static function () {
		return Store::$told['rate'];
	}
);

while ( true ) {
	$text = fgets( STDIN );
	if ( false === $text ) {
		break;
	}
	Store::$told = json_decode( $text, true );
	Store::$cart = new WC_Cart( Store::$told['lines'] );
	$off         = discounts( Store::$cart );
	echo json_encode(
		array(
			'off'   => (object) $off,
			'codes' => Store::$cart->get_applied_coupons(),
			'again' => discounts( Store::$cart ) === $off,
			'log'   => Store::$log,
		)
	), "\n";
	Store::$log = array();
}
