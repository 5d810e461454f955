<?php
/**
 * WooCommerce's Store API as far as the plugin meets it; prints what is registered and what it answers.
 */

define( 'ABSPATH', __DIR__ );
define( 'TRELLIS_WOOCOMMERCE_VERSION', 'test' );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Storefront\Runtime\Filters;

defined( 'ARRAY_A' ) || define( 'ARRAY_A', 'ARRAY_A' );
$told     = array();
$takes    = array();
$actions  = array();
$done     = false;
$asks     = 0;

/** A product of some type. */
class WC_Product {
	private $type;
	public function __construct( $type ) {
		$this->type = $type;
	}
	public function get_type() {
		return $this->type;
	}
}
/** Keeps what it is told. */
final class Session {
	public $kept = array();
	public function set( $name, $value ) {
		$this->kept[ $name ] = $value;
	}
}
$woo = (object) array(
	'session' => new Session(),
	'cart'    => null,
);
function WC() {
	return $GLOBALS['woo'];
}
function __( $text ) {
	return $text;
}
function apply_filters( $hook, $value ) {
	return $value;
}
function did_action() {
	return $GLOBALS['done'] ? 1 : 0;
}
function add_action( $hook, $run ) {
	$GLOBALS['actions'][ $hook ] = $run;
}
Trellis\WooCommerce\Store_Api::start();
$waits = array_keys( $actions );
// A WooCommerce without the functions is left alone.
call_user_func( $actions['woocommerce_blocks_loaded'] );
eval( 'function woocommerce_store_api_register_endpoint_data( $args ) { $GLOBALS["told"][ $args["endpoint"] ] = $args; } function woocommerce_store_api_register_update_callback( $args ) { $GLOBALS["takes"][ $args["namespace"] ] = $args["callback"]; }' );
$done = true;
Trellis\WooCommerce\Store_Api::start();

$line = static function ( $item ) use ( &$told ) {
	return call_user_func( $told['cart-item']['data_callback'], $item );
};
$tell = static function ( $data ) use ( &$takes, $woo ) {
	$woo->session->kept = array();
	call_user_func( $takes['trellis'], $data );
	return $woo->session->kept;
};
$like = static function ( $endpoint, $data ) use ( &$told ) {
	return array_keys( call_user_func( $told[ $endpoint ]['schema_callback'] ) ) === array_keys( $data );
};
$mug  = array(
	'product_id' => '12',
	'data'       => new WC_Product( 'simple' ),
);
$cart = call_user_func( $told['cart']['data_callback'] );
echo json_encode(
	array(
		'waits'     => $waits,
		'endpoints' => array_map(
			static function ( $args ) {
				return array( $args['namespace'], $args['schema_type'] );
			},
			$told
		),
		'lines'     => array(
			$line( $mug ),
			$line( array( 'data' => new WC_Product( 'gift-card' ) ) + $mug ),
			$line( array( 'data' => new WC_Product( 'subscription' ) ) + $mug ),
			$line( array() ),
		),
		'cart'      => $cart,
		'schemas'   => array( $like( 'cart-item', $line( $mug ) ), $like( 'cart', $cart ) ),
		'told'      => array(
			$tell( array( 'visitor' => '0199f1a0-0000-7000-8000-00000000000a' ) ),
			$tell( array( 'visitor' => '' ) ),
			$tell( array( 'visitor' => "x' OR 1=1" ) ),
			$tell( array( 'visitor' => array( 'a' ) ) ),
			$tell( array() ),
			$tell( 'nonsense' ),
		),
		// Names that a plugin stored in another encoding, or cut in the middle of a letter.
		'bytes'     => array(
			Filters::json( array( 'name' => "Caf\xE9 </script>" ) ),
			Filters::slice( Filters::well_formed( "Caf\xE9s" ), 0, 4 ),
			Filters::split( "a\xE9b", '' ),
		),
	)
);
