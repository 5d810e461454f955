<?php
/**
 * A store that has a connection and whose merchant did not agree (any more): everybody who asks the app is played, with as
 * little of WordPress as the calls ask for. Whatever would leave the store ends this script.
 */

define( 'ABSPATH', __DIR__ );
define( 'HOUR_IN_SECONDS', 3600 );
define( 'TRELLIS_WOOCOMMERCE_VERSION', 'test' );
$includes = dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes';
require $includes . '/autoload.php';

use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Pause;

final class WP_Error {
	private $code;
	public function __construct( $code ) {
		$this->code = $code;
	}
	public function get_error_code() {
		return $this->code;
	}
	public function get_error_data() {
		return null;
	}
}

$agreed  = array( 'appUrl' => 'https://trellis.example' );
$options = array();
$sent    = null;

function __( $text ) {
	return $text;
}
function get_option( $name, $instead = false ) {
	return isset( $GLOBALS['options'][ $name ] ) ? $GLOBALS['options'][ $name ] : $instead;
}
function get_transient() {
	return false;
}
function set_transient( $name ) {
	throw new RuntimeException( "$name is remembered of an app that nobody asked" );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function wp_remote_request( $address ) {
	if ( null === $GLOBALS['sent'] ) {
		throw new RuntimeException( "$address is asked although the merchant did not agree" );
	}
	$GLOBALS['sent'][] = $address;
	return array();
}
function wp_remote_retrieve_response_code() {
	return 200;
}
function wp_remote_retrieve_body() {
	return '{"ok":true}';
}

$callers = array();
$leaving = array();
foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $includes, FilesystemIterator::SKIP_DOTS ) ) as $file ) {
	$code = 'php' === $file->getExtension() ? file_get_contents( $file->getPathname() ) : '';
	$name = substr( $file->getPathname(), strlen( $includes ) + 1 );
	if ( preg_match( '/\b(wp_(safe_)?remote_(get|post|head|request)|fsockopen|stream_socket_client|curl_init|download_url)\s*\(|WP_Http|Requests::/', $code ) ) {
		$leaving[] = $name;
	}
	preg_match_all( '/\b(Client|Pause)::call\(\s*(?:\'(\w+)\',\s*)?\'(GET|POST)\',\s*(?:\'([^\']+)\'|\$path)/', $code, $found, PREG_SET_ORDER );
	foreach ( $found as $one ) {
		$callers[] = array( 'file' => $name, 'kind' => 'Pause' === $one[1] ? $one[2] : null, 'method' => $one[3], 'path' => isset( $one[4] ) ? $one[4] : '/plugin/woocommerce/shopper/bundle' );
	}
	// One that is written in another way would go untried.
	$written = preg_match_all( '/\b(Client|Pause)::call\(/', $code );
	if ( count( $found ) !== $written - ( 'connection/class-pause.php' === $name ? 1 : 0 ) ) {
		throw new RuntimeException( "$name asks the app in words that this test does not read" );
	}
}

$ask = static function () use ( $callers ) {
	$told = array();
	foreach ( $callers as $one ) {
		$body   = 'POST' === $one['method'] ? array( 'a' => 'b' ) : null;
		$answer = null === $one['kind']
			? Client::call( $one['method'], $one['path'], array(), $body )
			: Pause::call( $one['kind'], $one['method'], $one['path'], array(), $body, 2.0 );
		$told[] = is_wp_error( $answer ) ? $answer->get_error_code() : $answer;
	}
	return array_values( array_unique( $told, SORT_REGULAR ) );
};
$in  = static function ( $connection, $opt_in ) use ( $ask ) {
	$GLOBALS['options'] = array(
		'home'               => 'https://shop.example',
		'trellis_connection' => $connection,
		'trellis_opt_in'     => $opt_in,
	);
	return $ask();
};

$connection = array(
	'shopId' => 's1',
	'appUrl' => 'https://trellis.example',
	'secret' => 'secret',
	'site'   => 'shop.example',
);
sort( $leaving );
$told = array(
	'leaving'     => $leaving,
	'never'       => $in( $connection, null ),
	'taken back'  => $in( $connection, '' ),
	'of nothing'  => $in( $connection, array( 'at' => 1 ) ),
	'no account'  => $in( '', $agreed ),
	'of a copy'   => $in( array( 'site' => 'other.example' ) + $connection, $agreed ),
);
$sent = array();

$told['agreed'] = $in( $connection, $agreed );
$told['sent']   = count( $sent ) === count( $callers );
$told['paths']  = array_values( array_unique( array_column( $callers, 'path' ) ) );
sort( $told['paths'] );
echo json_encode( $told );
