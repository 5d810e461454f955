<?php
/**
 * Plays visitors who mean no good against classes of the plugin, with as little of WordPress as they ask for.
 */

define( 'ABSPATH', __DIR__ );
define( 'HOUR_IN_SECONDS', 3600 );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Orders\Marks;
use Trellis\WooCommerce\Storefront\Bundle_Address;
use Trellis\WooCommerce\Storefront\Cart_Route;
use Trellis\WooCommerce\Storefront\Kept;

final class Thing {
	private $alone;
	public function __construct( $alone ) {
		$this->alone = $alone;
	}
	public function is_sold_individually() {
		return $this->alone;
	}
}

/** WooCommerce's session, and what it holds after a visitor was told. */
final class Told {
	public $session;
	public $value = null;
	public static function kept( $visitor ) {
		$GLOBALS['store']          = new self();
		$GLOBALS['store']->session = $GLOBALS['store'];
		Marks::told( array( 'visitor' => $visitor ) );
		return $GLOBALS['store']->value;
	}
	public function set( $key, $value ) {
		$this->value = $value;
	}
}

$uuid       = '6f1c3a52-8a40-4b0e-9d55-0c9f3f1f7a11';
$transients = array();
$deleted    = array();

function WC() {
	return $GLOBALS['store'];
}

function wc_get_product( $id ) {
	return 404 === $id ? false : new Thing( 1 === $id );
}
function wp_using_ext_object_cache() {
	return false;
}
function get_transient( $name ) {
	return isset( $GLOBALS['transients'][ $name ] ) ? $GLOBALS['transients'][ $name ] : false;
}
function set_transient( $name, $value ) {
	$GLOBALS['transients'][ $name ] = $value;
}
function delete_option( $name ) {
	$GLOBALS['deleted'][] = $name;
}
function add_rewrite_rule() {}
function register_block_type() {}

$own = static function ( array $server, array $query = array() ) {
	return Cart_Route::is_own_page( $server, $query, 'https://Shop.example:8443/store' );
};
for ( $at = 0; $at < 5000; $at++ ) {
	Kept::set( 'page', "name-$at", array( 'html' => $at ), 60 );
}
$places = count( $transients );
// Each request finds the addresses without ours.
$wp_rewrite = (object) array( 'rules' => array( '^rule-of-others$' => 'index.php' ) );
for ( $at = 0; $at < 3; $at++ ) {
	Bundle_Address::register();
	Bundle_Address::renew();
}
$right = 0;
$wrong = 0;
for ( $at = 0; $at < 5000; $at++ ) {
	$kept   = Kept::get( 'page', "name-$at" );
	$right += null !== $kept && $at === $kept['html'] ? 1 : 0;
	$wrong += null !== $kept && $at !== $kept['html'] ? 1 : 0;
}
$marks = array(
	'trellis_bundle' => 'b1',
	'trellis_source' => 'x',
	'engraving'      => 'Ida',
);
echo json_encode(
	array(
		'asks'  => array(
			'own page'             => $own( array( 'HTTP_SEC_FETCH_SITE' => 'same-origin' ) ),
			'own page, old'        => $own( array() ),
			'own page with origin' => $own( array( 'HTTP_ORIGIN' => 'https://shop.example:8443' ) ),
			'other site'           => $own( array( 'HTTP_ORIGIN' => 'https://evil.example' ) ),
			'name that begins so'  => $own( array( 'HTTP_ORIGIN' => 'https://shop.example:8443.evil.example' ) ),
			'neighbour'            => $own( array( 'HTTP_SEC_FETCH_SITE' => 'same-site' ) ),
			'script element'       => $own( array(), array( '_jsonp' => 'take' ) ),
			'sandboxed frame'      => $own( array( 'HTTP_ORIGIN' => 'null' ) ),
		),
		'kept'  => array(
			'bounded' => $places <= Kept::PLACES,
			'some'    => $right > 0,
			'wrong'   => $wrong,
		),
		'rules' => $deleted,
		'marks' => array(
			'usual'     => array_keys( Marks::once( $marks, 2 ) ),
			'one'       => array_keys( Marks::once( $marks, 1 ) ),
			'variation' => array_keys( Marks::once( $marks, 2, 1 ) ),
			'gone'      => array_keys( Marks::once( $marks, 404 ) ),
			'line end'  => Marks::line( "b1\n", 'ok' ),
			'visitor'   => array_map( array( 'Told', 'kept' ), array( $uuid, "$uuid\n", array( $uuid ), '' ) ),
		),
	)
);
