<?php
/**
 * Plays an app that does not answer some questions, or by a status alone, with as little of WordPress as the plugin asks for.
 */

namespace Trellis\WooCommerce\Connection {
	define( 'ABSPATH', __DIR__ );

	/** The questions that reach the app; those named `/fails` are not answered. */
	final class Client {
		public static $asked = array();
		public static function call( $method, $path ) {
			self::$asked[] = $path;
			if ( '/fails' === $path ) {
				return new \WP_Error( 'trellis_unreachable' );
			}
			if ( in_array( $path, array( '/431', '/502' ), true ) ) {
				return new \WP_Error( 'trellis_unreachable', array( 'status' => (int) substr( $path, 1 ) ) );
			}
			return '/refused' === $path ? new \WP_Error( 'trellis_refused' ) : array( 'ok' => true );
		}
	}
}

namespace {
	class WP_Error {
		private $code;
		private $data;
		public function __construct( $code, $data = null ) {
			$this->code = $code;
			$this->data = $data;
		}
		public function get_error_data() {
			return $this->data;
		}
		public function get_error_code() {
			return $this->code;
		}
	}
	function is_wp_error( $value ) {
		return $value instanceof WP_Error;
	}
	$transients = array();
	function get_transient( $name ) {
		return isset( $GLOBALS['transients'][ $name ] ) ? $GLOBALS['transients'][ $name ] : false;
	}
	function set_transient( $name, $value ) {
		$GLOBALS['transients'][ $name ] = $value;
	}
	function delete_transient( $name ) {
		unset( $GLOBALS['transients'][ $name ] );
	}
	require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/connection/class-pause.php';

	$reach = static function ( array $questions ) {
		\Trellis\WooCommerce\Connection\Client::$asked = array();
		foreach ( $questions as list( $kind, $path ) ) {
			\Trellis\WooCommerce\Connection\Pause::call( $kind, 'GET', $path, array(), null, 2.0 );
		}
		$GLOBALS['transients'] = array();
		return implode( ' ', \Trellis\WooCommerce\Connection\Client::$asked );
	};
	$fails = array( 'cart', '/fails' );
	$works = array( 'cart', '/works' );
	$odd   = array( 'cart', '/431' );
	$down  = array( 'cart', '/502' );
	echo json_encode(
		array(
			'three in a row'  => $reach( array( $fails, $fails, $fails, $works, $fails ) ),
			'answer between'  => $reach( array( $fails, $fails, $works, $fails, $fails, $works ) ),
			'refusal between' => $reach( array( $fails, $fails, array( 'cart', '/refused' ), $fails, $works ) ),
			'asked wrongly'   => $reach( array( $odd, $odd, $odd, $works ) ),
			'app is down'     => $reach( array( $down, $down, $down, $works ) ),
			'another kind'    => $reach( array( $fails, $fails, $fails, array( 'page', '/works' ) ) ),
		)
	);
}
