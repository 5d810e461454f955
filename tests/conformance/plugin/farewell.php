<?php
/**
 * The app takes leave of a store; prints what is left of ours afterwards.
 */

define( 'ABSPATH', __DIR__ );
define( 'TRELLIS_WOOCOMMERCE_VERSION', 'test' );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

$key     = 'ck_' . str_repeat( 'a', 40 );
$options = array(
	'home'               => 'https://shop.example',
	'trellis_opt_in'     => array( 'appUrl' => 'https://trellis.example' ),
	'trellis_connection' => array(
		'shopId' => 's1',
		'appUrl' => 'https://trellis.example',
		'secret' => 'secret',
		'keyId'  => 7,
		'site'   => 'shop.example',
	),
	'trellis_codes'      => '{"guard":"g"}',
	'trellis_discount'   => '{}',
);
$coupons = array(
	31 => 'percent',
	32 => 'percent',
	33 => 'percent',
);
$vetoed  = array();

/** Keys, and coupons that were offered. */
final class Database {
	public $prefix   = 'wp_';
	public $posts    = 'wp_posts';
	public $postmeta = 'wp_postmeta';
	public $keys     = array( 7, 9, 11 );
	public $asked    = array();
	public $left     = null;
	public function prepare( $query, ...$values ) {
		return vsprintf( str_replace( '%s', "'%s'", $query ), is_array( $values[0] ) ? $values[0] : $values );
	}
	public function get_var( $query ) {
		return false !== strpos( $query, 'hash of ' . $GLOBALS['key'] ) ? '9' : null;
	}
	public function get_col( $query ) {
		if ( false === strpos( $query, 'shop_coupon' ) ) {
			return array();
		}
		$this->asked[] = $query;
		return array_slice( array_keys( $GLOBALS['coupons'] ), 0, (int) substr( strrchr( $query, ' ' ), 1 ) );
	}
	public function delete( $table, array $where ) {
		if ( null === $this->left ) {
			$this->left = array( Trellis\WooCommerce\Rest\Routes::connection()['connected'], count( $GLOBALS['coupons'] ) );
		}
		$this->keys = array_values( array_diff( $this->keys, array( $where['key_id'] ) ) );
	}
}
$wpdb = new Database();

/** A coupon of the store. */
final class WC_Coupon {
	private $id;
	public function __construct( $id ) {
		$this->id = isset( $GLOBALS['coupons'][ $id ] ) ? $id : 0;
	}
	public function get_id() {
		return $this->id;
	}
	public function delete( $force ) {
		// As WooCommerce: what WordPress keeps is said to be deleted.
		if ( $force && ! in_array( $this->id, $GLOBALS['vetoed'], true ) ) {
			unset( $GLOBALS['coupons'][ $this->id ] );
		}
		return $force;
	}
	public function is_type( $type ) {
		return 'trellis_code' === $type;
	}
	public function get_meta() {
		return $GLOBALS['config'];
	}
	public function get_code() {
		return 'code';
	}
}
function get_post( $id ) {
	return isset( $GLOBALS['coupons'][ $id ] ) ? (object) array( 'ID' => $id ) : null;
}
function get_option( $name, $instead = false ) {
	return isset( $GLOBALS['options'][ $name ] ) ? $GLOBALS['options'][ $name ] : $instead;
}
function delete_option( $name ) {
	unset( $GLOBALS['options'][ $name ] );
}
function update_option( $name, $value ) {
	$GLOBALS['options'][ $name ] = $value;
}
function delete_transient() {}
function delete_metadata() {}
function do_action() {}
function as_unschedule_all_actions() {}
function as_enqueue_async_action( $hook ) {
	$GLOBALS['scheduled'][] = $hook;
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function wp_unslash( $text ) {
	return $text;
}
function wc_api_hash( $text ) {
	return 'hash of ' . $text;
}
function get_current_user_id() {
	return 0;
}

use Trellis\WooCommerce\Codes\Code_Coupons;
use Trellis\WooCommerce\Forget;

$config                   = file_get_contents( 'php://stdin' );
$valid                    = static function () {
	return Code_Coupons::is_valid( true, new WC_Coupon( 31 ), null );
};
$before                   = $valid();
$connected                = array( Trellis\WooCommerce\Rest\Routes::connection()['connected'] );
$scheduled                = array();
$_SERVER['PHP_AUTH_USER'] = $key;
Trellis\WooCommerce\Rest\Routes::disconnect();
$coupons = array(
	34 => 'percent',
	35 => 'percent',
	36 => 'percent',
);
$told    = array(
	'connected' => array( $connected[0], Trellis\WooCommerce\Rest\Routes::connection()['connected'] ),
	'withKeys'  => $wpdb->left,
	'valid'     => array( $before, $valid() ),
	'keys'      => $wpdb->keys,
	'options'   => array_keys( array_filter( $options ) ),
	'scheduled' => $scheduled,
	'removed'   => array( Forget::remove_offers( 2 ), array_keys( $coupons ) ),
);
$vetoed    = array( 36 );
$scheduled = array();
Forget::batch();
$told['kept'] = array( array_keys( $coupons ), $scheduled );
$told['asked'] = false !== strpos( $wpdb->asked[0], "meta_key = '_trellis_offer'" );
echo json_encode( $told );
