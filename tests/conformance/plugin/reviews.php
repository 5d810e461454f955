<?php
/**
 * Reviews, with as little of WordPress as they ask for.
 */

define( 'ABSPATH', __DIR__ );
define( 'TRELLIS_WOOCOMMERCE_VERSION', 'test' );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Orders\Reviews;

final class WP_Error {
	private $code;

	public function __construct( $code ) {
		$this->code = $code;
	}
	public function get_error_code() {
		return $this->code;
	}
	public function get_error_data() {
		return array();
	}
}

$connected = true;
$reachable = true;
$comments  = array();
$scheduled = array();
$sent      = array();

function __( $text ) {
	return $text;
}
function apply_filters( $hook, $value ) {
	return $value;
}
function get_option( $name, $instead = false ) {
	$options = array(
		'home'               => 'https://shop.example',
		'trellis_opt_in'     => array( 'appUrl' => 'https://trellis.example' ),
		'trellis_connection' => array(
			'shopId' => 's1',
			'appUrl' => 'https://trellis.example',
			'secret' => 'secret',
			'site'   => 'shop.example',
		),
	);
	return $GLOBALS['connected'] && isset( $options[ $name ] ) ? $options[ $name ] : $instead;
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function get_transient() {
	return false;
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function wp_remote_request( $address, $request ) {
	$GLOBALS['sent'][] = array( $address, json_decode( $request['body'], true ) );
	return $GLOBALS['reachable'] ? array( 'status' => 200, 'body' => '{"points":5,"reason":null}' ) : array( 'status' => 502, 'body' => '' );
}
function wp_remote_retrieve_response_code( $response ) {
	return $response['status'];
}
function wp_remote_retrieve_body( $response ) {
	return $response['body'];
}
function get_comment( $id ) {
	return isset( $GLOBALS['comments'][ $id ] ) ? $GLOBALS['comments'][ $id ] : null;
}
function get_comments( $ask ) {
	$found = array_filter(
		$GLOBALS['comments'],
		function ( $comment ) use ( $ask ) {
			return (int) $comment->user_id === $ask['user_id'] && (int) $comment->comment_post_ID === $ask['post_id']
				&& $comment->comment_type === $ask['type'] && (int) $comment->comment_parent === $ask['parent']
				&& 'approve' === $ask['status'] && '1' === $comment->comment_approved;
		}
	);
	return count( $found );
}
function get_post_type( $id ) {
	return $id < 100 ? 'product' : 'post';
}
function get_post_status( $id ) {
	return 50 === $id ? 'trash' : 'publish';
}
function as_enqueue_async_action( $hook, $arguments, $group ) {
	$GLOBALS['scheduled'][] = array( $hook, $arguments, $group );
}
function as_schedule_single_action( $at, $hook, $arguments, $group ) {
	$GLOBALS['scheduled'][] = array( $hook, $arguments, $group, (int) round( ( $at - time() ) / 100 ) * 100 );
}

function comment( $id, array $other = array() ) {
	$GLOBALS['comments'][ $id ] = (object) array_merge(
		array(
			'comment_ID'       => (string) $id,
			'comment_type'     => 'review',
			'comment_parent'   => '0',
			'comment_post_ID'  => '7',
			'comment_approved' => '1',
			'user_id'          => '3',
		),
		$other
	);
	return $GLOBALS['comments'][ $id ];
}
function taken() {
	$taken = array( $GLOBALS['scheduled'], $GLOBALS['sent'] );

	$GLOBALS['scheduled'] = array();
	$GLOBALS['sent']      = array();
	return $taken;
}

$told = array();
comment( 1 );
Reviews::written( 1, 1 );
$told['stands'] = taken();
Reviews::written( 1, 0 );
Reviews::written( 1, 'spam' );
Reviews::written( 99, 1 );
Reviews::judged( 'trash', 'unapproved', comment( 1 ) );
foreach ( array( array( 'comment_type' => 'comment' ), array( 'comment_parent' => '1' ), array( 'user_id' => '0' ), array( 'comment_post_ID' => '100' ) ) as $other ) {
	Reviews::judged( 'approved', 'unapproved', comment( 2, $other ) );
}
$connected = false;
Reviews::judged( 'approved', 'unapproved', comment( 1 ) );
$connected      = true;
$told['silent'] = taken();
Reviews::judged( 'approved', 'hold', comment( 1 ) );
Reviews::tell( 3, 7 );
$told['told'] = taken();
comment( 2, array( 'comment_approved' => 'trash' ) );
Reviews::tell( 3, 7 );
$told['another'] = taken();
Reviews::judged( 'spam', 'approved', comment( 1, array( 'comment_approved' => 'spam' ) ) );
Reviews::tell( 3, 7 );
$told['gone'] = taken();
// With its product: in the trash, deleted for good, or never there.
Reviews::tell( 3, 50 );
Reviews::tell( 3, 100 );
Reviews::tell( 3, 0 );
$told['product'] = taken();
comment( 1 );
$reachable = false;
Reviews::tell( 3, 7, 0 );
Reviews::tell( 3, 7, 3 );
Reviews::tell( 3, 7, 4 );
$told['away'] = taken();
$connected    = false;
Reviews::tell( 3, 7, 0 );
$told['left'] = taken();
echo json_encode( $told );
