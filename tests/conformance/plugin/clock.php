<?php
/**
 * A store whose clock is wrong asks the app; prints when each call says that it was made.
 */

define( 'ABSPATH', __DIR__ );
define( 'HOUR_IN_SECONDS', 3600 );
define( 'TRELLIS_WOOCOMMERCE_VERSION', 'test' );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Signature;

$ahead      = 600;
$answers    = array();
$asked      = array();
$transients = array();

final class WP_Error {
	public $code;
	public $data;
	public function __construct( $code, $message = '', $data = null ) {
		$this->code = $code;
		$this->data = $data;
	}
	public function get_error_data() {
		return $this->data;
	}
}
function __( $text ) {
	return $text;
}
function get_option( $name ) {
	$options = array(
		'home'               => 'https://shop.example',
		'trellis_opt_in'     => array( 'appUrl' => 'https://trellis.example' ),
		'trellis_connection' => array(
			'shopId' => 's1',
			'appUrl' => 'https://trellis.example',
			'secret' => 'secret',
		),
	);
	return $options[ $name ];
}
function get_transient( $name ) {
	return isset( $GLOBALS['transients'][ $name ] ) ? $GLOBALS['transients'][ $name ][0] : false;
}
function set_transient( $name, $value, $seconds ) {
	$GLOBALS['transients'][ $name ] = array( $value, $seconds );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function sanitize_text_field( $text ) {
	return $text;
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function wp_remote_request( $address, $request ) {
	$time               = (int) $request['headers']['X-Trellis-Time'];
	$signed             = Signature::sign( 'secret', $time, 'GET', '/plugin/woocommerce/numbers', '' ) === $request['headers']['X-Trellis-Signature'];
	$GLOBALS['asked'][] = array( (int) round( ( $time - time() ) / 10 ) * 10, $signed );
	return array_shift( $GLOBALS['answers'] );
}
function wp_remote_retrieve_response_code( $response ) {
	return $response[0];
}
function wp_remote_retrieve_body( $response ) {
	return json_encode( $response[1] );
}

$ask   = static function ( array $told ) {
	$GLOBALS['answers'] = $told;
	$GLOBALS['asked']   = array();
	$answer             = Client::call( 'GET', '/plugin/woocommerce/numbers' );
	return array( is_wp_error( $answer ) ? $answer->data['code'] : $answer, $GLOBALS['asked'] );
};
$stale = static function ( array $more ) {
	return array( 401, array( 'error' => array( 'code' => 'stale', 'message' => '' ) + $more ) );
};
$fine  = array( 200, array( 'ok' => true ) );
echo json_encode(
	array(
		'other'    => $ask( array( array( 401, array( 'error' => array( 'code' => 'forged', 'now' => time() + 600 ) ) ), $fine ) ),
		'no time'  => $ask( array( $stale( array() ), $fine ) ),
		'learnt'   => $ask( array( $stale( array( 'now' => time() + 600 ) ), $fine ) ),
		'next'     => $ask( array( $fine ) ),
		'still'    => $ask( array( $stale( array( 'now' => time() + 1200 ) ), $stale( array( 'now' => time() + 1800 ) ), $fine ) ),
		'told'     => array( (int) round( Client::clock_difference() / 10 ) * 10, $transients[ Client::CLOCK ][1] ),
	)
);
