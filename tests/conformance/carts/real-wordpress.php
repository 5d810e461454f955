<?php
/**
 * Puts carts into the cart of a real WooCommerce with our plugin: lines of JSON in, lines of JSON out. The WordPress is that
 * of `WORDPRESS`, one to try things in. All that is made there for a cart (products with the ids of the case among them)
 * is made in a transaction that is never committed. With `TAX`, a percentage, prices and parcels contain that tax.
 *
 * @package Trellis\WooCommerce
 */

/** The case at hand. */
final class Told {
	public static $case;
	public static $next_id;
	/** Number of the only rate, and its percentage. */
	public static $tax = null;
	public static $percent = 0.0;
}

/** WooCommerce and our plugin alone, whatever else is switched on there. */
$wp_filter = array(
	'pre_option_active_plugins' => array(
		10 => array(
			array(
				'function'      => static function () {
					return array( 'trellis-for-woocommerce/trellis-for-woocommerce.php', 'woocommerce/woocommerce.php' );
				},
				'accepted_args' => 1,
			),
		),
	),
);

$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI']    = '/';
$_SERVER['HTTP_HOST']      = 'localhost';
// WooCommerce sets cookies, which nothing may be written before.
ob_start();
require getenv( 'WORDPRESS' ) . '/wp-load.php';

/** A gift card is a product of a type of its own; here with variations, as every line of the table has one. */
final class WC_Product_Gift_Card extends WC_Product_Variable {
	public function get_type() {
		return 'gift-card';
	}
}

/** Where the tables know no transactions nothing would be taken back. */
function begin() {
	global $wpdb;
	$kept = $wpdb->get_col( $wpdb->prepare( 'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE %s AND engine <> "InnoDB"', $wpdb->esc_like( $wpdb->prefix ) . '%' ) );
	if ( $kept ) {
		throw new RuntimeException( 'No InnoDB: ' . implode( ', ', $kept ) );
	}
	$wpdb->query( 'START TRANSACTION' );
	add_filter(
		'query',
		static function ( $query ) {
			if ( preg_match( '/^\s*(start|begin|commit|create|alter|drop|truncate|rename|lock)\b/i', $query ) ) {
				throw new RuntimeException( "This would end the transaction: $query" );
			}
			return $query;
		}
	);
}

/** One rate of tax for everything, in all prices. */
function tax( $percent ) {
	global $wpdb;
	$wpdb->query( "DELETE FROM {$wpdb->prefix}woocommerce_tax_rates" );
	Told::$percent = (float) $percent;
	Told::$tax     = WC_Tax::_insert_tax_rate(
		array(
			'tax_rate'          => $percent,
			'tax_rate_name'     => 'Tax',
			'tax_rate_shipping' => 1,
			'tax_rate_priority' => 1,
		)
	);
	$options = array(
		'prices_include_tax'    => 'yes',
		'tax_based_on'          => 'base',
		'tax_display_cart'      => 'incl',
		'tax_round_at_subtotal' => getenv( 'ROUND_AT_SUBTOTAL' ) ? 'yes' : 'no',
	);
	foreach ( $options as $name => $value ) {
		add_filter(
			"pre_option_woocommerce_$name",
			static function () use ( $value ) {
				return $value;
			}
		);
	}
}

/** A parcel that costs this, with the tax that is in it where there is one. */
function parcel( $cost ) {
	$net   = round( $cost / ( 1 + Told::$percent / 100 ), wc_get_price_decimals() );
	$taxes = null === Told::$tax ? array() : array( Told::$tax => round( $cost - $net, wc_get_price_decimals() ) );
	return new WC_Shipping_Rate( 'flat_rate:1', 'Parcel', $net, $taxes, 'flat_rate', 1 );
}

/** The store is as the case says: currency, decimals, rate, offers, one parcel. */
function furnish() {
	$answers = array(
		'woocommerce_currency'                    => 'currency',
		'wc_get_price_decimals'                   => 'decimals',
		'trellis_exchange_rate'                   => 'rate',
		'pre_option_trellis_discount'             => 'discount',
		'pre_option_trellis_codes'                => 'codes',
		'pre_option_woocommerce_calc_taxes'       => 'taxes',
		'woocommerce_cart_ready_to_calc_shipping' => 'parcel',
	);
	foreach ( $answers as $hook => $name ) {
		add_filter(
			$hook,
			static function ( $value ) use ( $name ) {
				$fixed = array(
					'codes'  => wp_json_encode( array( 'guard' => null ) ),
					'taxes'  => null === Told::$tax ? 'no' : 'yes',
					'parcel' => true,
				);
				if ( ! Told::$case ) {
					return $value;
				}
				return 'discount' === $name ? wp_json_encode( Told::$case['published'] ) : ( $fixed + Told::$case )[ $name ];
			}
		);
	}
	foreach ( array( 'woocommerce_new_product_data', 'woocommerce_new_product_variation_data' ) as $hook ) {
		add_filter(
			$hook,
			static function ( $post ) {
				return array( 'import_id' => Told::$next_id ) + $post;
			}
		);
	}
	add_filter(
		'woocommerce_data_stores',
		static function ( $stores ) {
			return $stores + array( 'product-gift-card' => 'WC_Product_Variable_Data_Store_CPT' );
		}
	);
	( new WC_Shipping_Zone( 0 ) )->add_shipping_method( 'flat_rate' );
	add_filter(
		'woocommerce_package_rates',
		static function () {
			return array( 'flat_rate:1' => parcel( Told::$case['parcelCost'] ) );
		}
	);
}

/** Products and variations of the case under their own ids, in place of whatever has them. */
function stock( array $lines ) {
	global $wpdb;
	$ids = array_merge( array_column( $lines, 'product_id' ), array_column( $lines, 'variation_id' ) );
	foreach ( array_unique( $ids ) as $id ) {
		$wpdb->delete( $wpdb->posts, array( 'ID' => $id ) );
		$wpdb->delete( $wpdb->postmeta, array( 'post_id' => $id ) );
		$wpdb->delete( $wpdb->term_relationships, array( 'object_id' => $id ) );
	}
	wp_cache_flush();
	$made = array();
	foreach ( $lines as $line ) {
		if ( ! isset( $made[ $line['product_id'] ] ) ) {
			$made[ $line['product_id'] ] = save( 'gift-card' === $line['type'] ? new WC_Product_Gift_Card() : new WC_Product_Variable(), $line['product_id'] );
		}
		if ( ! isset( $made[ $line['variation_id'] ] ) ) {
			$variation = new WC_Product_Variation();
			$variation->set_parent_id( $line['product_id'] );
			$variation->set_regular_price( $line['price'] );
			$made[ $line['variation_id'] ] = save( $variation, $line['variation_id'] );
		}
	}
}

/** Saves a product under this id. */
function save( WC_Product $product, $id ) {
	Told::$next_id = $id;
	$product->set_name( "Thing $id" );
	$product->set_status( 'publish' );
	if ( $product->save() !== $id ) {
		throw new RuntimeException( "Not saved as $id" );
	}
	return true;
}

/** Puts the lines into the shopper's cart; a subscription is one by the scheme that All Products for Subscriptions notes. */
function fill( array $lines ) {
	WC()->cart->empty_cart();
	WC()->session = new WC_Session_Handler();
	WC()->shipping()->reset_shipping();
	foreach ( $lines as $line ) {
		$more = array( 'case_line' => $line['key'] );
		if ( 'subscription' === $line['type'] ) {
			$more['wcsatt_data'] = array( 'active_subscription_scheme' => '1_month' );
		}
		if ( ! WC()->cart->add_to_cart( $line['product_id'], $line['quantity'], $line['variation_id'], array(), $more ) ) {
			throw new RuntimeException( "{$line['key']} cannot be added: " . wp_json_encode( wc_get_notices() ) );
		}
	}
}

/** What the cart says after its totals were calculated, in minor units. */
function totals() {
	$minor = static function ( $amount ) {
		return (int) round( (float) $amount * 10 ** wc_get_price_decimals() );
	};
	// Of a line the tax is rounded and the rest is not: told is what an order shows of it.
	$with_tax = static function ( $amount, $tax ) {
		return round( $amount, wc_get_price_decimals() ) + wc_round_tax_total( $tax );
	};
	WC()->cart->calculate_totals();
	$off = array();
	foreach ( WC()->cart->get_cart() as $item ) {
		$off[ $item['case_line'] ] = $minor( $with_tax( $item['line_subtotal'], $item['line_subtotal_tax'] ) - $with_tax( $item['line_total'], $item['line_tax'] ) );
	}
	return array(
		'off'      => (object) $off,
		'shipping' => $minor( WC()->cart->get_shipping_total() + WC()->cart->get_shipping_tax() ),
		'total'    => $minor( WC()->cart->get_total( 'edit' ) ),
	);
}

begin();
if ( getenv( 'TAX' ) ) {
	tax( getenv( 'TAX' ) );
}
furnish();
$answers = array();
while ( true ) {
	$text = fgets( STDIN );
	if ( false === $text ) {
		break;
	}
	$wpdb->query( 'SAVEPOINT cart' );
	Told::$case = json_decode( $text, true );
	stock( Told::$case['lines'] );
	fill( Told::$case['lines'] );
	$first     = totals();
	$answers[] = wp_json_encode( $first + array( 'again' => wp_json_encode( totals() ) === wp_json_encode( $first ) ) );
	WC()->cart->empty_cart();
	$wpdb->query( 'ROLLBACK TO cart' );
	wp_cache_flush();
}
$versions = array(
	'php'         => PHP_VERSION,
	'wordpress'   => get_bloginfo( 'version' ),
	'woocommerce' => WC()->version,
);
ob_end_clean();
echo wp_json_encode( $versions ), "\n", implode( "\n", $answers ), "\n";
